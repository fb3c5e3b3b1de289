import type { FlowView } from '@portico/contract';
import type { Flow } from '../model/flow.ts';

/** What every view says of its flow. */
export function inFlow({ kind, expiresAt, steppingUpAs, typedIdentifier }: Flow): Pick<FlowView, 'kind' | 'flow_expires_at' | 'stepping_up_as'> {
  const named = steppingUpAs === undefined || typedIdentifier === undefined ? {} : { stepping_up_as: typedIdentifier };
  return { kind, flow_expires_at: expiresAt.toISOString(), ...named };
}

/** What a step that waits says once a link was approved: the proof is there, and the page goes on with it. */
export function approvedIn({ proofs, wantsSecondFactor }: Flow): { readonly is_approved?: true } {
  // Where a second factor is asked for, the first is proved anyway: nothing new came.
  return proofs.length > 0 && wantsSecondFactor !== true ? { is_approved: true } : {};
}
