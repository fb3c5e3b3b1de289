import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { AccessCode } from '../model/access-code.ts';
import type { AccessCodes } from '../ports/access-codes.ts';
import type { AccessCodeRow } from './contact-rows.ts';
import { toMoment, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { StoreDeps } from './store-deps.ts';

/** Seldom asked, so nothing is compiled ahead. */
export function createAccessCodes(deps: StoreDeps): AccessCodes {
  const { db } = deps;
  return {
    async put({ userId, appId, codeDigest, issuer, createdAt, expiresAt }) {
      const rest = { code_digest: codeDigest, issuer, created_at: createdAt, expires_at: expiresAt };
      await db.insertInto('portico_access_code').values({ user_id: userId, app_id: appId, ...rest })
        .onConflict((conflict) => conflict.columns(['user_id', 'app_id']).doUpdateSet(rest)).execute();
    },
    async claim({ userId, appId }, code, now) {
      const row = await db.deleteFrom('portico_access_code')
        .where('user_id', '=', userId).where('app_id', '=', appId).where('code_digest', '=', code).where('expires_at', '>', now)
        .returningAll().executeTakeFirst();
      return row && toAccessCode(row);
    },
    removeExpired: (before, limit) => removeSome(deps, {
      table: 'portico_access_code', key: 'code_digest', past: 'expires_at', where: sql`expires_at <= ${before}`,
    }, limit),
  };
}

function toAccessCode(row: Selectable<AccessCodeRow>): AccessCode {
  return toRecord<AccessCode>({
    userId: row.user_id,
    appId: row.app_id,
    codeDigest: row.code_digest,
    issuer: row.issuer,
    createdAt: toMoment(row.created_at),
    expiresAt: toMoment(row.expires_at),
  });
}
