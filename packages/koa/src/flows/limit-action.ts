/**
 * An action before the limiter: whom it is about, and whether their browser is known.
 *
 * Does not own: what is counted, and how much is too much (limiter/).
 */
import type { PuzzleView } from '@portico/contract';
import type { Flow } from '../model/flow.ts';
import { subjectOf } from '../model/flow-subject.ts';
import type { User } from '../model/user.ts';
import { findKnownDevice } from '../limiter/known-device.ts';
import type { Attempt } from '../limiter/attempt.ts';
import { costOf } from '../limiter/method-costs.ts';
import { passLimiter, settleAttempt, type Result } from '../limiter/pass-limiter.ts';
import type { FlowAction } from './actions/act.ts';
import { findIdentified } from './find-identified.ts';
import type { Scene } from './flow-deps.ts';
import { readNamedBy } from './read-identifier.ts';

/** Who sent an action, as far as the limiter asks. */
export interface Sender {
  readonly address: string;
  readonly puzzleAnswer?: string;
}

/** An action that may run, with what is known of its browser; or the puzzle that comes first. */
export interface Limited {
  readonly scene: Scene;
  readonly puzzle?: PuzzleView;
  /** To be told what came of it. Never throws: what was done is done, and a count that stays too high ends by itself. */
  settle(result: Result): Promise<void>;
}

/** @throws {AuthError} `rate_limited`, `too_many_attempts` */
export async function limitAction(scene: Scene, action: FlowAction, { address, puzzleAnswer }: Sender): Promise<Limited> {
  const { flow, app, deps } = scene;
  const cost = costOf({ ...action, flow, app });
  if (cost === 'free') return { scene, settle: () => Promise.resolve() };
  const about = await whomIt(scene, action);
  const { knownDevice: _before, ...rest } = flow;
  const knownDevice = about === undefined ? undefined
    : await findKnownDevice(flow, { userId: about.user?.id, subject: about.subject }, deps);
  const known: Flow = knownDevice === undefined ? rest : { ...rest, knownDevice };
  const attempt: Attempt = {
    cost, action: action.name, flow: known, app, address,
    ...(about === undefined ? {} : { subject: about.subject, account: about.user?.id ?? about.subject }),
    ...(puzzleAnswer === undefined ? {} : { puzzleAnswer }),
  };
  const puzzle = await passLimiter(attempt, deps);
  return { scene: { ...scene, flow: known }, ...(puzzle === undefined ? {} : { puzzle }), settle: (result) => settleAttempt(attempt, result, deps).catch(() => undefined) };
}

/** The user of the first factor at a second; otherwise whoever the identifier leads to, which may be nobody. */
async function whomIt({ flow, app, deps }: Scene, action: FlowAction): Promise<{ readonly subject: string; readonly user: User | undefined } | undefined> {
  const named = action.name === 'submit-identifier' && flow.step !== 'enroll-contact' ? readNamedBy(action.input, app.preferences, flow.kind) : flow;
  if ('fault' in named) return undefined;
  const subject = subjectOf(named);
  if (flow.userId !== undefined && (flow.wantsSecondFactor === true || subject === undefined)) {
    return { subject: flow.userId, user: await deps.store.users.find(flow.userId) };
  }
  return subject === undefined ? undefined : { subject, user: await findIdentified(named, deps) };
}
