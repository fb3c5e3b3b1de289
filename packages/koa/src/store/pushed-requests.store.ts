import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { ClientId, Digest, FlowId } from '../model/ids.ts';
import type { PushedRequest, PushedRequests } from '../ports/pushed-requests.ts';
import { compileOnce } from './compile-once.ts';
import { parseJson, toMoment, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { PushedRequestRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

const insertRequest = compileOnce(({ db }, request: Insertable<PushedRequestRow>) =>
  db.insertInto('portico_pushed_request').values(request));

interface Claim {
  readonly digest: Digest;
  readonly clientId: ClientId;
  readonly flowId: FlowId;
  readonly now: Date;
}

const claimRequest = compileOnce(({ db }, { digest, clientId, flowId, now }: Claim) =>
  db.updateTable('portico_pushed_request').set({ flow_id: flowId })
    .where('digest', '=', digest).where('client_id', '=', clientId)
    .where('flow_id', 'is', null).where('expires_at', '>', now).returningAll());

const findRequest = compileOnce(({ db }, { digest, clientId }: Pick<Claim, 'digest' | 'clientId'>) =>
  db.selectFrom('portico_pushed_request').selectAll().where('digest', '=', digest).where('client_id', '=', clientId));

export function createPushedRequests(deps: StoreDeps): PushedRequests {
  return {
    async insert(request) {
      await insertRequest(deps, {
        digest: request.digest,
        client_id: request.clientId,
        parameters: JSON.stringify(request.parameters),
        flow_id: request.flowId ?? null,
        created_at: request.createdAt,
        expires_at: request.expiresAt,
      });
    },
    claim: async (...[digest, clientId, flowId, now]) => {
      const { rows: [row] } = await claimRequest(deps, { digest, clientId, flowId, now });
      return row && toPushedRequest(row);
    },
    async find(digest, clientId) {
      const { rows: [row] } = await findRequest(deps, { digest, clientId });
      return row && toPushedRequest(row);
    },
    removeExpired: (before, limit) => removeSome(deps, {
      table: 'portico_pushed_request', key: 'digest', past: 'expires_at', where: sql`expires_at <= ${before}`,
    }, limit),
  };
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
