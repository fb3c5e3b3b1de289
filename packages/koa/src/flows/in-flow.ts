import type { Flow } from '../model/flow.ts';

/** What every view says of its flow. */
export function inFlow(flow: Flow): { readonly kind: Flow['kind']; readonly flow_expires_at: string } {
  return { kind: flow.kind, flow_expires_at: flow.expiresAt.toISOString() };
}
