import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { PushedRequest, PushedRequests } from '../ports/store.ts';
import { parseJson, toMoment, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { PushedRequestRow, Schema } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

export function createPushedRequests(deps: StoreDeps): PushedRequests {
  const { db } = deps;
  return {
    async insert(request) {
      await db.insertInto('portico_pushed_request').values({
        digest: request.digest,
        client_id: request.clientId,
        parameters: JSON.stringify(request.parameters),
        flow_id: request.flowId ?? null,
        created_at: request.createdAt,
        expires_at: request.expiresAt,
      }).execute();
    },
    claim: (...claim) => claimRequest(db, claim),
    async find(digest, clientId) {
      const row = await db.selectFrom('portico_pushed_request').selectAll()
        .where('digest', '=', digest).where('client_id', '=', clientId).executeTakeFirst();
      return row && toPushedRequest(row);
    },
    removeExpired: (before, limit) => removeSome(deps, {
      table: 'portico_pushed_request', key: 'digest', past: 'expires_at', where: sql`expires_at <= ${before}`,
    }, limit),
  };
}

async function claimRequest(
  db: Kysely<Schema>, [digest, clientId, flowId, now]: Parameters<PushedRequests['claim']>,
): Promise<PushedRequest | undefined> {
  const row = await db.updateTable('portico_pushed_request').set({ flow_id: flowId })
    .where('digest', '=', digest).where('client_id', '=', clientId)
    .where('flow_id', 'is', null).where('expires_at', '>', now)
    .returningAll().executeTakeFirst();
  return row && toPushedRequest(row);
}

function toPushedRequest(row: Selectable<PushedRequestRow>): PushedRequest {
  return toRecord<PushedRequest>({
    digest: row.digest,
    clientId: row.client_id,
    parameters: parseJson<PushedRequest['parameters']>(row.parameters),
    createdAt: toMoment(row.created_at),
    expiresAt: toMoment(row.expires_at),
    flowId: row.flow_id,
  });
}
