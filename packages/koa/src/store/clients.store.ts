import type { Client } from '../model/app.ts';
import type { Clients } from '../ports/store.ts';
import { parseJson } from './record.ts';
import type { StoreDeps } from './store-deps.ts';

export function createClients({ db }: StoreDeps): Clients {
  return {
    async put(client) {
      const changes = { app_id: client.appId, record: JSON.stringify(client) };
      await db.insertInto('portico_client').values({ id: client.id, ...changes })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changes)).execute();
    },
    async find(id) {
      const row = await db.selectFrom('portico_client').select('record').where('id', '=', id).executeTakeFirst();
      return row && parseJson<Client>(row.record);
    },
    async list() {
      const rows = await db.selectFrom('portico_client').select('record').orderBy('id').execute();
      return rows.map((row) => parseJson<Client>(row.record));
    },
  };
}
