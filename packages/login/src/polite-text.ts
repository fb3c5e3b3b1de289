import type { FirstCopy } from './copy/copy.ts';
import { isWhole } from './copy/load-copy.ts';
import type { FlowController } from './flow/flow-controller.ts';
import { now } from './flow/system-clock.ts';

interface Screen {
  readonly copy: FirstCopy;
  readonly pending: 'ask' | 'create' | 'upgrade' | undefined;
  /** What a step that arrived says. */
  readonly arrival: string;
}

/** What the polite live region says: what happens now, before and after the browser's own dialogs too. */
export function politeText(flow: FlowController, { copy, pending, arrival }: Screen): string {
  const { view, busy, expected } = flow;
  const line = lineText(flow, copy);
  if (line !== undefined) return line;
  if (view === undefined) return busy === 'start' && expected === undefined ? copy.loading : '';
  if (pending === 'ask') return copy.passkeyAsking;
  if (isWhole(copy)) {
    if (pending === 'create') return copy.enrolling;
    if ('delivery' in view && Date.parse(view.expires_at) <= now()) return view.step === 'enter-code' ? copy.codeEnded : copy.linkEnded;
  }
  return busy === undefined ? arrival : '';
}

/** What is the matter meanwhile, said and shown: there is no network, or a puzzle is being solved. */
export function lineText({ isOffline, fault, solving }: FlowController, copy: FirstCopy): string | undefined {
  if (isOffline && fault?.code !== 'offline') return copy.offline;
  return solving !== undefined && isWhole(copy) ? copy.puzzles[solving] : undefined;
}
