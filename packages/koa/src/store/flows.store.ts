import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import type { Flow } from '../model/flow.ts';
import type { Digest, FlowId, UserId } from '../model/ids.ts';
import type { Flows } from '../ports/store.ts';
import { compileOnce } from './compile-once.ts';
import { toProof } from './proof-record.ts';
import type { AsJson } from './record.ts';
import { parseJson, toMoment, toMomentIfAny, withoutAbsent } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { FlowRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

const insertFlow = compileOnce(({ db }, flow: Insertable<FlowRow>) => db.insertInto('portico_flow').values(flow));

const findByHandle = compileOnce(({ db }, { handle }: { readonly handle: Digest }) =>
  db.selectFrom('portico_flow').select('record').where('handle_digest', '=', handle));

const findFlow = compileOnce(({ db }, { id }: { readonly id: FlowId }) =>
  db.selectFrom('portico_flow').select('record').where('id', '=', id));

const saveFlow = compileOnce(({ db }, { id, read, ...row }: Insertable<FlowRow> & { readonly read: Flow['version'] }) =>
  db.updateTable('portico_flow').set(row).where('id', '=', id).where('version', '=', read));

/** No flow has this id. */
const noFlow = '' as FlowId;
const removeFlowsOf = compileOnce(({ db }, { userId, kept }: { readonly userId: UserId; readonly kept: FlowId }) =>
  db.deleteFrom('portico_flow').where('user_id', '=', userId).where('id', '!=', kept));

export function createFlows(deps: StoreDeps): Flows {
  return {
    async insert(flow) {
      await insertFlow(deps, toRow(flow));
    },
    async findByHandle(handle) {
      const { rows: [row] } = await findByHandle(deps, { handle });
      return row && toFlow(parseJson<Flow>(row.record));
    },
    async find(id) {
      const { rows: [row] } = await findFlow(deps, { id });
      return row && toFlow(parseJson<Flow>(row.record));
    },
    async save(flow) {
      const next = { ...flow, version: flow.version + 1 };
      const saved = await saveFlow(deps, { ...toRow(next), read: flow.version });
      return hasWritten(saved) ? next : undefined;
    },
    async removeOf(userId, kept = noFlow) {
      await removeFlowsOf(deps, { userId, kept });
    },
    removeExpired: (now, limit) => removeSome(deps, {
      table: 'portico_flow', key: 'id', past: 'expires_at', where: sql`expires_at <= ${now}`,
      parts: [{ table: 'portico_challenge', key: 'id', of: 'flow_id' }],
    }, limit),
  };
}

function toRow(flow: Flow): Insertable<FlowRow> {
  return {
    id: flow.id,
    handle_digest: flow.handleDigest,
    version: flow.version,
    user_id: flow.userId ?? null,
    expires_at: flow.expiresAt,
    record: JSON.stringify(flow),
  };
}

function toFlow(flow: AsJson<Flow>): Flow {
  const { mail, blocked, upstream, linking, finishedAt, ...rest } = flow;
  return withoutAbsent<Flow>({
    ...rest,
    proofs: flow.proofs.map(toProof),
    mail: mail && { ...mail, resendAt: toMoment(mail.resendAt) },
    blocked: blocked && { ...blocked, until: toMoment(blocked.until) },
    upstream: upstream && { ...upstream, answeredAt: toMoment(upstream.answeredAt) },
    linking: linking && { ...linking, answeredAt: toMoment(linking.answeredAt) },
    createdAt: toMoment(flow.createdAt),
    expiresAt: toMoment(flow.expiresAt),
    finishedAt: toMomentIfAny(finishedAt),
  });
}
