import type { UserId } from '../model/ids.ts';
import type { SecondFactorOffers } from '../ports/second-factors.ts';
import { compileOnce } from './compile-once.ts';
import type { StoreDeps } from './store-deps.ts';

const findDeclined = compileOnce(({ db }, { userId }: { readonly userId: UserId }) =>
  db.selectFrom('portico_declined_offer').select('user_id').where('user_id', '=', userId));

const insertDeclined = compileOnce(({ db }, { userId, now }: { readonly userId: UserId; readonly now: Date }) =>
  db.insertInto('portico_declined_offer').values({ user_id: userId, declined_at: now })
    .onConflict((conflict) => conflict.column('user_id').doNothing()));

export function createSecondFactorOffers(deps: StoreDeps): SecondFactorOffers {
  return {
    async hasDeclined(userId) {
      const { rows } = await findDeclined(deps, { userId });
      return rows.length > 0;
    },
    async noteDeclined(userId, now) {
      await insertDeclined(deps, { userId, now });
    },
  };
}
