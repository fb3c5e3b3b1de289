import { sql } from 'kysely';
import type { Flow } from '../model/flow.ts';
import type { Flows } from '../ports/store.ts';
import { toProof } from './proof-record.ts';
import type { AsJson } from './record.ts';
import { parseJson, toMoment, toMomentIfAny, withoutAbsent } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

export function createFlows(deps: StoreDeps): Flows {
  const { db } = deps;
  return {
    async insert(flow) {
      await db.insertInto('portico_flow').values({ id: flow.id, ...toRow(flow) }).execute();
    },
    async findByHandle(handle) {
      const row = await db.selectFrom('portico_flow').select('record').where('handle_digest', '=', handle).executeTakeFirst();
      return row && toFlow(parseJson<Flow>(row.record));
    },
    async find(id) {
      const row = await db.selectFrom('portico_flow').select('record').where('id', '=', id).executeTakeFirst();
      return row && toFlow(parseJson<Flow>(row.record));
    },
    async save(flow) {
      const next = { ...flow, version: flow.version + 1 };
      const rows = await db.updateTable('portico_flow').set(toRow(next))
        .where('id', '=', flow.id).where('version', '=', flow.version).execute();
      return hasWritten(rows) ? next : undefined;
    },
    removeExpired: (now, limit) => removeSome(deps, {
      table: 'portico_flow', key: 'id', past: 'expires_at', where: sql`expires_at <= ${now}`,
      parts: [{ table: 'portico_challenge', key: 'id', of: 'flow_id' }],
    }, limit),
  };
}

function toRow(flow: Flow) {
  return {
    handle_digest: flow.handleDigest,
    version: flow.version,
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
