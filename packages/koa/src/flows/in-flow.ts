import type { Flow } from '../model/flow.ts';

/** What every view says of its flow. */
export function inFlow(flow: Flow): { readonly kind: Flow['kind']; readonly flow_expires_at: string } {
  return { kind: flow.kind, flow_expires_at: flow.expiresAt.toISOString() };
}

/** What a step that waits says once a link was approved: the proof is there, and the page goes on with it. */
export function approvedIn({ proofs, wantsSecondFactor }: Flow): { readonly is_approved?: true } {
  // Where a second factor is asked for, the first is proved anyway: nothing new came.
  return proofs.length > 0 && wantsSecondFactor !== true ? { is_approved: true } : {};
}
