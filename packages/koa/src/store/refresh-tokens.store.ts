import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { RefreshToken } from '../model/grant.ts';
import type { ClientId, Digest, Sealed } from '../model/ids.ts';
import type { RefreshTokens } from '../ports/grants.ts';
import { compileOnce } from './compile-once.ts';
import { endAfter } from './grant-end.ts';
import { toMoment, toMomentIfAny, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { RefreshTokenRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

const insertToken = compileOnce(({ db }, token: Insertable<RefreshTokenRow>) => db.insertInto('portico_refresh_token').values(token));

const findToken = compileOnce(({ db }, { digest, clientId }: { readonly digest: Digest; readonly clientId: ClientId }) =>
  db.selectFrom('portico_refresh_token').selectAll().where('digest', '=', digest).where('client_id', '=', clientId));

interface Rotation extends Pick<RefreshToken, 'digest' | 'grantId' | 'clientId'> {
  readonly now: Date;
  readonly successor: Digest;
  readonly sealed: Sealed;
}

/** A successor of another grant would outlive the revocation of this one: both are of the same. */
const spendToken = compileOnce(({ db }, { digest, grantId, clientId, now, successor, sealed }: Rotation) =>
  db.updateTable('portico_refresh_token').set({ spent_at: now, successor_digest: successor, successor_sealed: sealed })
    .where('digest', '=', digest).where('client_id', '=', clientId).where('grant_id', '=', grantId)
    .where('spent_at', 'is', null).where('expires_at', '>', now)
    .where('grant_id', 'in', (grant) => grant.selectFrom('portico_grant').select('portico_grant.id')
      .where('portico_grant.id', '=', grantId).where('revoked_at', 'is', null)));

/** A grant is of use for as long as the longest of its tokens, which most rotations do not change: a write in a day. */
const prolongGrant = compileOnce(({ db }, { grantId, expiresAt, endsAt }: Pick<RefreshToken, 'grantId' | 'expiresAt'> & { readonly endsAt: Date }) =>
  db.updateTable('portico_grant').set({ ends_at: endsAt })
    .where('id', '=', grantId).where('revoked_at', 'is', null).where('ends_at', '<', expiresAt));

export function createRefreshTokens(deps: StoreDeps): RefreshTokens {
  return {
    async insert(token) {
      await insertToken(deps, toRow(token));
    },
    async find(digest, clientId) {
      const { rows: [row] } = await findToken(deps, { digest, clientId });
      return row && toToken(row);
    },
    rotate: (digest, successor, now) => deps.transact(async (inside) => {
      const { grantId, clientId, sealed } = successor;
      if (!hasWritten(await spendToken(inside, { digest, grantId, clientId, now, successor: successor.digest, sealed }))) return false;
      await insertToken(inside, toRow(successor));
      await prolongGrant(inside, { grantId, expiresAt: successor.expiresAt, endsAt: endAfter(successor.expiresAt) });
      return true;
    }),
    removeExpired: (before, limit) => removeSome(deps, {
      table: 'portico_refresh_token', key: 'digest', past: 'expires_at', where: sql`expires_at <= ${before}`,
    }, limit),
  };
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
