import type { FirstCopy } from './copy/copy.ts';
import { isWhole } from './copy/load-copy.ts';
import type { FlowController } from './flow/flow-controller.ts';

interface Screen {
  readonly copy: FirstCopy;
  readonly pending: 'ask' | 'create' | 'upgrade' | undefined;
  /** The new step's heading, where focus does not go to the step and so nothing else says that it changed. */
  readonly title: HTMLElement | undefined;
}

/** What the polite live region says: what happens now, before and after the browser's own dialogs too. */
export function politeText(flow: FlowController, { copy, pending, title }: Screen): string {
  const { notice, view, busy, expected } = flow;
  if (view === undefined) return busy === 'start' && expected === undefined ? copy.loading : '';
  const solving = solvingText(flow, copy);
  if (solving !== undefined) return solving;
  if (pending === 'ask') return copy.passkeyAsking;
  if (isWhole(copy)) {
    if (notice === 'resent') return view.step === 'wait-for-link' ? copy.newLinkSent : copy.newCodeSent;
    if (pending === 'create') return copy.enrolling;
    if (view.step === 'done') return view.kind === 'link' ? copy.accountDone : copy.doneTitle;
    if (view.step === 'leave-to-provider' && view.problem !== undefined) return copy.errors[view.problem];
  }
  return title?.textContent?.trim() ?? '';
}

/** What is said and shown while a puzzle is being solved. */
export function solvingText({ solving }: FlowController, copy: FirstCopy): string | undefined {
  return solving !== undefined && isWhole(copy) ? copy.puzzles[solving] : undefined;
}
