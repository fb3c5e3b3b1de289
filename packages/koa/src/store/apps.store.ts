import type { App } from '../model/app.ts';
import type { AppId } from '../model/ids.ts';
import type { Apps } from '../ports/store.ts';
import { compileOnce } from './compile-once.ts';
import { parseJson, parseOnce } from './record.ts';
import type { StoreDeps } from './store-deps.ts';

const findRecord = compileOnce(({ db }, { id }: { readonly id: AppId }) =>
  db.selectFrom('portico_app').select('record').where('id', '=', id));

const parseRecord = parseOnce<App>();

export function createApps(deps: StoreDeps): Apps {
  const { db } = deps;
  return {
    async put(app) {
      const record = JSON.stringify(app);
      await db.insertInto('portico_app').values({ id: app.id, record })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ record })).execute();
    },
    async find(id) {
      const { rows: [row] } = await findRecord(deps, { id });
      return row && parseRecord(id, row.record);
    },
    async list() {
      const rows = await db.selectFrom('portico_app').select('record').orderBy('id').execute();
      return rows.map((row) => parseJson<App>(row.record));
    },
  };
}
