import type { Client } from '../model/app.ts';
import type { ClientId } from '../model/ids.ts';
import type { Clients } from '../ports/store.ts';
import { compileOnce } from './compile-once.ts';
import { parseJson, parseOnce } from './record.ts';
import type { StoreDeps } from './store-deps.ts';

const findRecord = compileOnce(({ db }, { id }: { readonly id: ClientId }) =>
  db.selectFrom('portico_client').select('record').where('id', '=', id));

const parseRecord = parseOnce<Client>();

export function createClients(deps: StoreDeps): Clients {
  const { db } = deps;
  return {
    async put(client) {
      const changes = { app_id: client.appId, record: JSON.stringify(client) };
      await db.insertInto('portico_client').values({ id: client.id, ...changes })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changes)).execute();
    },
    async find(id) {
      const { rows: [row] } = await findRecord(deps, { id });
      return row && parseRecord(id, row.record);
    },
    async list() {
      const rows = await db.selectFrom('portico_client').select('record').orderBy('id').execute();
      return rows.map((row) => parseJson<Client>(row.record));
    },
  };
}
