import type { SecondFactorOffers } from '../ports/second-factors.ts';
import type { StoreDeps } from './store-deps.ts';

export function createSecondFactorOffers({ db }: StoreDeps): SecondFactorOffers {
  return {
    async hasDeclined(userId) {
      const row = await db.selectFrom('portico_declined_offer').select('user_id').where('user_id', '=', userId).executeTakeFirst();
      return row !== undefined;
    },
    async noteDeclined(userId, now) {
      await db.insertInto('portico_declined_offer').values({ user_id: userId, declined_at: now })
        .onConflict((conflict) => conflict.column('user_id').doNothing()).execute();
    },
  };
}
