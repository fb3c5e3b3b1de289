import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Challenge, NewChallenge } from '../model/challenge.ts';
import type { ChallengeId, Digest, UserId } from '../model/ids.ts';
import type { Challenges } from '../ports/store.ts';
import { compileOnce } from './compile-once.ts';
import { parseJson, toMoment, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { ChallengeRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

const insertChallenge = compileOnce(({ db }, challenge: Insertable<ChallengeRow>) =>
  db.insertInto('portico_challenge').values(challenge));

const findChallenge = compileOnce(({ db }, { id }: { readonly id: ChallengeId }) =>
  db.selectFrom('portico_challenge').selectAll().where('id', '=', id));

const findBySecret = compileOnce(({ db }, { method, secret }: { readonly method: Challenge['method']; readonly secret: Digest }) =>
  db.selectFrom('portico_challenge').selectAll().where('secret_digest', '=', secret).where('method', '=', method)
    .orderBy('created_at', 'desc').limit(1));

const spendAttempt = compileOnce(({ db }, { id, now }: { readonly id: ChallengeId; readonly now: Date }) =>
  db.updateTable('portico_challenge').set((challenge) => ({ attempts_left: challenge('attempts_left', '-', 1) }))
    .where('id', '=', id).where('attempts_left', '>', 0).where('ended_as', 'is', null).where('expires_at', '>', now)
    .returning('attempts_left'));

const claimChallenge = compileOnce((
  { db }, { id, secret, now }: { readonly id: ChallengeId; readonly secret: Digest; readonly now: Date },
) =>
  db.updateTable('portico_challenge').set({ ended_as: 'used' })
    .where('id', '=', id).where('secret_digest', '=', secret).where('ended_as', 'is', null).where('expires_at', '>', now)
    .returningAll());

const replaceChallenge = compileOnce((
  { db }, { flowId, method, purpose }: Pick<Challenge, 'flowId' | 'method' | 'purpose'>,
) =>
  db.updateTable('portico_challenge').set({ ended_as: 'replaced' })
    .where('flow_id', '=', flowId).where('method', '=', method).where('purpose', '=', purpose).where('ended_as', 'is', null));

/** The purpose is written out: its index holds these alone. */
const endRecoveriesOf = compileOnce(({ db }, { userId }: { readonly userId: UserId }) =>
  db.updateTable('portico_challenge').set({ ended_as: 'replaced' })
    .where('user_id', '=', userId).where(sql<boolean>`purpose = 'recover'`).where('ended_as', 'is', null));

export function createChallenges(deps: StoreDeps): Challenges {
  return {
    async insert(challenge) {
      await insertChallenge(deps, toRow(challenge));
    },
    async find(id) {
      const { rows: [row] } = await findChallenge(deps, { id });
      return row && toChallenge(row);
    },
    async findBySecret(method, secret) {
      const { rows: [row] } = await findBySecret(deps, { method, secret });
      return row && toChallenge(row);
    },
    async spendAttempt(id, now) {
      const { rows: [row] } = await spendAttempt(deps, { id, now });
      return row && { attemptsLeft: row.attempts_left };
    },
    async claim(id, secret, now) {
      const { rows: [row] } = await claimChallenge(deps, { id, secret, now });
      return row && toChallenge(row);
    },
    async replace(flowId, methods, purpose) {
      for (const method of methods) await replaceChallenge(deps, { flowId, method, purpose });
    },
    async endRecoveriesOf(userId) {
      await endRecoveriesOf(deps, { userId });
    },
    removeExpired: (before, limit) => removeSome(deps, {
      table: 'portico_challenge', key: 'id', past: 'expires_at', where: sql`expires_at <= ${before}`,
    }, limit),
  };
}

function toRow(challenge: NewChallenge): Insertable<ChallengeRow> {
  return {
    id: challenge.id,
    flow_id: challenge.flowId,
    client_id: challenge.clientId,
    method: challenge.method,
    purpose: challenge.purpose,
    secret_digest: challenge.secretDigest,
    email: challenge.email ?? null,
    phone: challenge.phone ?? null,
    user_id: challenge.userId ?? null,
    detail: JSON.stringify(challenge.detail),
    attempts_left: challenge.attemptsLeft,
    created_at: challenge.createdAt,
    expires_at: challenge.expiresAt,
    ended_as: null,
  };
}

function toChallenge(row: Selectable<ChallengeRow>): Challenge {
  return toRecord<Challenge>({
    id: row.id,
    flowId: row.flow_id,
    clientId: row.client_id,
    method: row.method,
    purpose: row.purpose,
    secretDigest: row.secret_digest,
    email: row.email,
    phone: row.phone,
    userId: row.user_id,
    detail: parseJson<Challenge['detail']>(row.detail),
    attemptsLeft: row.attempts_left,
    createdAt: toMoment(row.created_at),
    expiresAt: toMoment(row.expires_at),
    end: row.ended_as,
  });
}
