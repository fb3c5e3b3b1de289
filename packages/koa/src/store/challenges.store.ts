import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Challenge, NewChallenge } from '../model/challenge.ts';
import type { Challenges } from '../ports/store.ts';
import { parseJson, toMoment, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { ChallengeRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

export function createChallenges(deps: StoreDeps): Challenges {
  const { db } = deps;
  return {
    async insert(challenge) {
      await db.insertInto('portico_challenge').values(toRow(challenge)).execute();
    },
    async find(id) {
      const row = await db.selectFrom('portico_challenge').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toChallenge(row);
    },
    async findBySecret(method, secret) {
      const row = await db.selectFrom('portico_challenge').selectAll()
        .where('secret_digest', '=', secret).where('method', '=', method)
        .orderBy('created_at', 'desc').limit(1).executeTakeFirst();
      return row && toChallenge(row);
    },
    async spendAttempt(id, now) {
      const row = await db.updateTable('portico_challenge')
        .set((challenge) => ({ attempts_left: challenge('attempts_left', '-', 1) }))
        .where('id', '=', id).where('attempts_left', '>', 0).where('ended_as', 'is', null).where('expires_at', '>', now)
        .returning('attempts_left').executeTakeFirst();
      return row && { attemptsLeft: row.attempts_left };
    },
    async claim(id, secret, now) {
      const row = await db.updateTable('portico_challenge').set({ ended_as: 'used' })
        .where('id', '=', id).where('secret_digest', '=', secret).where('ended_as', 'is', null).where('expires_at', '>', now)
        .returningAll().executeTakeFirst();
      return row && toChallenge(row);
    },
    async replace(flowId, methods, purpose) {
      if (methods.length === 0) return;
      await db.updateTable('portico_challenge').set({ ended_as: 'replaced' })
        .where('flow_id', '=', flowId).where('method', 'in', methods).where('purpose', '=', purpose)
        .where('ended_as', 'is', null).execute();
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
