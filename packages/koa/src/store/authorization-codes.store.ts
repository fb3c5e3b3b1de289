import type { ExpressionBuilder, Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { AuthorizationCode, CodeClaim } from '../model/grant.ts';
import type { ClientId, Digest } from '../model/ids.ts';
import type { AuthorizationCodes } from '../ports/grants.ts';
import { compileOnce } from './compile-once.ts';
import { toMoment, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { AuthorizationCodeRow, Schema } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

const insertCode = compileOnce(({ db }, code: Insertable<AuthorizationCodeRow>) =>
  db.insertInto('portico_authorization_code').values(code));

const claimCode = compileOnce(({ db }, { now, ...claim }: RequiredOfCode & { readonly now: Date }) =>
  db.updateTable('portico_authorization_code').set({ spent_at: now })
    .where(fits(claim)).where('spent_at', 'is', null).where('expires_at', '>', now));

const findSpent = compileOnce(({ db }, claim: RequiredOfCode) =>
  db.selectFrom('portico_authorization_code').selectAll().where(fits(claim)).where('spent_at', 'is not', null));

export function createAuthorizationCodes(deps: StoreDeps): AuthorizationCodes {
  return {
    async insert(code) {
      await insertCode(deps, toRow(code));
    },
    claim: async (claim, now) => hasWritten(await claimCode(deps, { ...requiredBy(claim), now })),
    async findSpent(claim) {
      const { rows: [row] } = await findSpent(deps, requiredBy(claim));
      return row && toCode(row);
    },
    removeExpired: (before, limit) => removeSome(deps, {
      table: 'portico_authorization_code', key: 'digest', past: 'expires_at', where: sql`expires_at <= ${before}`,
    }, limit),
  };
}

interface RequiredOfCode {
  readonly digest: Digest;
  readonly client_id: ClientId;
  readonly redirect_uri: string;
  readonly pkce_challenge: string | null;
}

function requiredBy({ digest, clientId, redirectUri, pkceChallenge }: CodeClaim): RequiredOfCode {
  return { digest, client_id: clientId, redirect_uri: redirectUri, pkce_challenge: pkceChallenge ?? null };
}

/** No verifier fits only a code without a challenge, and the other way round (RFC 9700, section 2.1.1). */
function fits(required: RequiredOfCode) {
  return (code: ExpressionBuilder<Schema, 'portico_authorization_code'>) => code.and([
    code('digest', '=', required.digest),
    code('client_id', '=', required.client_id),
    code('redirect_uri', '=', required.redirect_uri),
    code('pkce_challenge', 'is not distinct from', required.pkce_challenge),
  ]);
}

function toRow(code: AuthorizationCode): Insertable<AuthorizationCodeRow> {
  return {
    digest: code.digest,
    grant_id: code.grantId,
    client_id: code.clientId,
    redirect_uri: code.redirectUri,
    pkce_challenge: code.pkceChallenge ?? null,
    created_at: code.createdAt,
    expires_at: code.expiresAt,
    spent_at: null,
  };
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
