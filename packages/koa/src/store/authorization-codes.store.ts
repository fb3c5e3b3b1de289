import type { ExpressionBuilder, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { AuthorizationCode, CodeClaim } from '../model/grant.ts';
import type { AuthorizationCodes } from '../ports/store.ts';
import { toMoment, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { AuthorizationCodeRow, Schema } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

export function createAuthorizationCodes(deps: StoreDeps): AuthorizationCodes {
  const { db } = deps;
  return {
    async insert(code) {
      await db.insertInto('portico_authorization_code').values({
        digest: code.digest,
        grant_id: code.grantId,
        client_id: code.clientId,
        redirect_uri: code.redirectUri,
        pkce_challenge: code.pkceChallenge ?? null,
        created_at: code.createdAt,
        expires_at: code.expiresAt,
        spent_at: null,
      }).execute();
    },
    async claim(claim, now) {
      const row = await db.updateTable('portico_authorization_code').set({ spent_at: now })
        .where(fits(claim)).where('spent_at', 'is', null).where('expires_at', '>', now)
        .returningAll().executeTakeFirst();
      return row && toCode(row);
    },
    async findSpent(claim) {
      const row = await db.selectFrom('portico_authorization_code').selectAll()
        .where(fits(claim)).where('spent_at', 'is not', null).executeTakeFirst();
      return row && toCode(row);
    },
    removeExpired: (before, limit) => removeSome(deps, {
      table: 'portico_authorization_code', key: 'digest', past: 'expires_at', where: sql`expires_at <= ${before}`,
    }, limit),
  };
}

/** No verifier fits only a code without a challenge, and the other way round (RFC 9700, section 2.1.1). */
function fits({ digest, clientId, redirectUri, pkceChallenge }: CodeClaim) {
  return (row: ExpressionBuilder<Schema, 'portico_authorization_code'>) => row.and([
    row('digest', '=', digest),
    row('client_id', '=', clientId),
    row('redirect_uri', '=', redirectUri),
    pkceChallenge === undefined ? row('pkce_challenge', 'is', null) : row('pkce_challenge', '=', pkceChallenge),
  ]);
}

function toCode(row: Selectable<AuthorizationCodeRow>): AuthorizationCode {
  return toRecord<AuthorizationCode>({
    digest: row.digest,
    grantId: row.grant_id,
    clientId: row.client_id,
    redirectUri: row.redirect_uri,
    pkceChallenge: row.pkce_challenge,
    createdAt: toMoment(row.created_at),
    expiresAt: toMoment(row.expires_at),
  });
}
