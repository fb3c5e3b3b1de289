import type { App } from '../model/app.ts';
import type { Apps } from '../ports/store.ts';
import { parseJson } from './record.ts';
import type { StoreDeps } from './store-deps.ts';

export function createApps({ db }: StoreDeps): Apps {
  return {
    async put(app) {
      const record = JSON.stringify(app);
      await db.insertInto('portico_app').values({ id: app.id, record })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ record })).execute();
    },
    async find(id) {
      const row = await db.selectFrom('portico_app').select('record').where('id', '=', id).executeTakeFirst();
      return row && parseJson<App>(row.record);
    },
    async list() {
      const rows = await db.selectFrom('portico_app').select('record').orderBy('id').execute();
      return rows.map((row) => parseJson<App>(row.record));
    },
  };
}
