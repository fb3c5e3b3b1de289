import type { FlowView } from '@portico/contract';

/** Whether another window may still move this step on: with the link of a mail, back from a provider, or with another device. `wasAwaited`: one was out before, and can be opened while the person goes another way. */
export function awaitsLink(view: FlowView, wasAwaited: boolean): boolean {
  if ('is_approved' in view) return false;
  if (view.step === 'leave-to-provider' || view.step === 'approve') return true;
  if (view.step === 'use-passkey' || view.step === 'enter-password' || view.step === 'enter-access-code') return wasAwaited;
  return view.step === 'wait-for-link' || (view.step === 'enter-code' && view.has_link);
}
