import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { RefreshToken } from '../model/grant.ts';
import type { RefreshTokens } from '../ports/store.ts';
import { toMoment, toMomentIfAny, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { RefreshTokenRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { inTransaction } from './store-deps.ts';

export function createRefreshTokens(deps: StoreDeps): RefreshTokens {
  const { db } = deps;
  return {
    insert: (token) => inTransaction(deps, (inside) => keep(inside, token)),
    async find(digest, clientId) {
      const row = await db.selectFrom('portico_refresh_token').selectAll()
        .where('digest', '=', digest).where('client_id', '=', clientId).executeTakeFirst();
      return row && toToken(row);
    },
    rotate: (digest, successor, now) => inTransaction(deps, async (inside) => {
      const spent = await inside.db.updateTable('portico_refresh_token')
        .set({ spent_at: now, successor_digest: successor.digest, successor_sealed: successor.sealed })
        .where('digest', '=', digest).where('client_id', '=', successor.clientId)
        // A successor of another grant would outlive the revocation of this one.
        .where('grant_id', '=', successor.grantId)
        .where('spent_at', 'is', null).where('expires_at', '>', now)
        .where('grant_id', 'in', (grant) => grant.selectFrom('portico_grant').select('portico_grant.id')
          .where('portico_grant.id', '=', successor.grantId).where('revoked_at', 'is', null))
        .returningAll().executeTakeFirst();
      if (spent === undefined) return undefined;
      await keep(inside, successor);
      return toToken(spent);
    }),
    removeExpired: (before, limit) => removeSome(deps, {
      table: 'portico_refresh_token', key: 'digest', past: 'expires_at', where: sql`expires_at <= ${before}`,
    }, limit),
  };
}

/** The grant is of use for as long as the longest of its tokens: what is past is found by that alone. */
async function keep({ db }: StoreDeps, token: RefreshToken): Promise<void> {
  await db.insertInto('portico_refresh_token').values(toRow(token)).execute();
  await db.updateTable('portico_grant').set({ ends_at: token.expiresAt })
    .where('id', '=', token.grantId).where('revoked_at', 'is', null).where('ends_at', '<', token.expiresAt).execute();
}

function toRow(token: RefreshToken): Insertable<RefreshTokenRow> {
  return {
    digest: token.digest,
    grant_id: token.grantId,
    client_id: token.clientId,
    parent_digest: token.parentDigest ?? null,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    spent_at: token.spentAt ?? null,
    successor_digest: token.successor?.digest ?? null,
    successor_sealed: token.successor?.sealed ?? null,
  };
}

function toToken(row: Selectable<RefreshTokenRow>): RefreshToken {
  const { successor_digest: digest, successor_sealed: sealed } = row;
  return toRecord<RefreshToken>({
    digest: row.digest,
    grantId: row.grant_id,
    clientId: row.client_id,
    parentDigest: row.parent_digest,
    createdAt: toMoment(row.created_at),
    expiresAt: toMoment(row.expires_at),
    spentAt: toMomentIfAny(row.spent_at),
    successor: digest === null || sealed === null ? undefined : { digest, sealed },
  });
}
