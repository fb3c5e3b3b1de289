/**
 * The gate before every action of a flow that costs something.
 *
 * Owns: what is spent before an answer is looked at, when a puzzle comes first, and what is given back after it. Does not
 * own: how a method's own wrong answers lock (answer-lock.ts), how mails and SMS are paced, what a puzzle is (puzzle.ts).
 */
import type { PuzzleView } from '@portico/contract';
import { AuthError } from '../model/auth-error.ts';
import { callerOf } from '../model/caller.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import type { Flow } from '../model/flow.ts';
import { nameOf, subjectOf } from '../model/flow-subject.ts';
import type { DeviceId, Digest } from '../model/ids.ts';
import type { Budget } from '../ports/limits.ts';
import type { Vault } from '../ports/vault.ts';
import type { Attempt, LimiterDeps } from './attempt.ts';
import { limitKey } from './limit-key.ts';
import { judgePuzzle, makePuzzle, type PuzzlePlace } from './puzzle.ts';
import { forgiveName, noteName } from './stuffing.ts';
import { accountTiers, answersWindowSeconds, boundless, forgetAfterSeconds, pauseSeconds, suspicionOf, type Counted } from './thresholds.ts';

/** Nothing if the action may run. */
export type Toll = PuzzleView | undefined;

/**
 * Spends what the action costs, before anything is looked at.
 *
 * @returns a puzzle that has to be solved first; then nothing of the subject's was spent.
 * @throws {AuthError} `rate_limited`, `too_many_attempts`, each with when to come back.
 */
export async function passLimiter(attempt: Attempt, deps: LimiterDeps): Promise<Toll> {
  const answers = attempt.cost === 'send' ? 0 : await spendAnswer(attempt, deps);
  const counted = await count(attempt, answers, deps);
  const puzzle = await findPuzzle(attempt, suspicionOf(counted), deps);
  if (puzzle !== undefined) return puzzle;
  if (counted.names >= deps.wrongIdentifiers) await spend(callerKey(attempt, 'pause', deps), { limit: boundless, windowSeconds: pauseSeconds, cooldownSeconds: pauseSeconds }, deps);
  if (attempt.cost === 'guess') await countGuess(attempt, deps);
  return undefined;
}

function spendAnswer(attempt: Attempt, deps: LimiterDeps): Promise<number> {
  return spend(callerKey(attempt, 'answers', deps), { limit: deps.answersPerHour, windowSeconds: answersWindowSeconds, cooldownSeconds: 0 }, deps);
}

/** @returns how much of it is used by now. */
async function spend(key: Digest, budget: Budget, { store, clock }: LimiterDeps): Promise<number> {
  const now = clock.now();
  const spent = await store.limits.spend(key, budget, now);
  if (!spent.isAllowed) throw new AuthError('rate_limited', { retryAfterSeconds: secondsUntil(spent.retryAt, now) });
  return budget.limit - spent.left;
}

/** A known device has nothing to do with what strangers did, nor with what others did at the same address. */
async function count(attempt: Attempt, answers: number, deps: LimiterDeps): Promise<Counted> {
  const { subject, app, cost } = attempt;
  const now = deps.clock.now();
  const { limits } = deps.store;
  const hasTally = subject !== undefined && cost === 'guess' && app.preferences.puzzles.when !== 'off';
  const failures = hasTally ? await limits.findFailures(subjectKey(attempt, subject, deps), forgetAfterSeconds, now) : 0;
  if (deviceOf(attempt, subject) !== undefined) return { failures, names: 0, uses: 0 };
  const names = await limits.used(callerKey(attempt, 'names', deps), now);
  return { failures, names, uses: cost === 'send' ? await limits.used(callerKey(attempt, 'mails', deps), now) : answers };
}

async function findPuzzle(attempt: Attempt, suspicion: number, deps: LimiterDeps): Promise<Toll> {
  const { app, flow, action, address, cost, puzzleAnswer } = attempt;
  const { when, kind } = app.preferences.puzzles;
  // What cannot be guessed is not made safer by a puzzle.
  if (when === 'off' || cost === 'proof' || (when === 'adaptive' && suspicion === 0)) return undefined;
  const place: PuzzlePlace = { flowId: flow.id, action, kind, address };
  const verdict = puzzleAnswer === undefined ? 'refused' : await judgePuzzle(place, puzzleAnswer, deps);
  if (verdict === 'solved') {
    // It was sent twice, because we asked.
    await deps.store.limits.giveBack(callerKey(attempt, cost === 'send' ? 'mails' : 'answers', deps), deps.clock.now());
    return undefined;
  }
  // A vendor that is out of reach keeps nobody out, nor lets everybody in: the browser works instead.
  return makePuzzle(verdict === 'unavailable' ? { ...place, kind: 'work' } : place, suspicion, deps);
}

async function countGuess(attempt: Attempt, deps: LimiterDeps): Promise<void> {
  const { subject, account } = attempt;
  if (subject === undefined || account === undefined) return;
  const { store, clock } = deps;
  const now = clock.now();
  const counted = await store.limits.countAttempt(accountKey(attempt, account, deps), { tiers: accountTiers, forgetAfterSeconds }, now);
  if (counted === undefined) {
    const until = await store.limits.findLock(accountKey(attempt, account, deps), now);
    throw new AuthError('too_many_attempts', { retryAfterSeconds: secondsUntil(until ?? now, now) });
  }
  await store.limits.countFailure(subjectKey(attempt, subject, deps), { tiers: [], forgetAfterSeconds }, now);
}

/** What became of the action that was let through. `unjudged`: it was not looked at, for a fault
 * of ours. `signed-in`: right, and the end of a flow, which has forgiven everything. */
export type Result = 'wrong' | 'right' | 'signed-in' | 'unjudged';

/** What was right, or never looked at, is given back; what was wrong is remembered of the caller. */
export async function settleAttempt(attempt: Attempt, result: Result, deps: LimiterDeps): Promise<void> {
  const { cost, subject, account } = attempt;
  const isAbout = cost === 'guess' && subject !== undefined && account !== undefined;
  if (result === 'wrong') {
    if (isAbout && deviceOf(attempt, subject) === undefined) await noteName(attempt, subject, deps);
    return;
  }
  const { limits } = deps.store;
  if (cost !== 'send') await limits.giveBack(callerKey(attempt, 'answers', deps), deps.clock.now());
  if (!isAbout) return;
  if (result !== 'unjudged' && deviceOf(attempt, subject) === undefined) await forgiveName(attempt, subject, deps);
  if (result === 'signed-in') return;
  // This one alone: half of a sign-in forgives nothing that was wrong before, or who knows a password would guess on at
  // the second factor for ever.
  await limits.forgiveFailure(subjectKey(attempt, subject, deps));
  await limits.forgiveFailure(accountKey(attempt, account, deps));
}

/** A whole sign-in: what was wrong before was the person's own typing. Of a device that is known, in its own tally alone. */
export async function forgiveSignedIn(flow: Flow, userId: string, deps: Pick<LimiterDeps, 'store' | 'vault'>): Promise<void> {
  const { limits } = deps.store;
  const typed = provedIdentifier(flow);
  await limits.forgetFailures(accountKey({ flow, subject: flow.knownDevice?.subject ?? userId }, userId, deps));
  if (typed !== undefined) await limits.forgetFailures(subjectKey({ flow }, typed, deps));
  if (flow.proofs.length > 1) await limits.forgetFailures(subjectKey({ flow }, userId, deps));
}

/** Every tally of this service about a user and what they are called, of one device or of strangers. */
export function talliesOf({ userId, identifiers, deviceId }: { readonly userId: string; readonly identifiers: readonly string[]; readonly deviceId: DeviceId | undefined }, vault: Pick<Vault, 'keyedDigest'>): readonly Digest[] {
  const place = deviceId ?? strangers;
  return [limitKey(vault, ['account', place], userId), ...[userId, ...identifiers].map((one) => limitKey(vault, ['identifier', place], one))];
}

/** What was typed, if it was shown to be theirs: a passkey signs its owner in, whoever's address stands in the field. */
function provedIdentifier(flow: Flow): string | undefined {
  const typed = subjectOf(flow);
  return flow.proofs.some((proof) => proof.method === 'password' || proof.method === 'access-code' || proof.email === typed || proof.phone === typed || proof.isDetour === true || (nameOf(flow) !== undefined && (proof.email ?? proof.phone) !== undefined)) ? typed : undefined;
}

function callerKey({ address }: Pick<Attempt, 'address'>, what: 'answers' | 'mails' | 'names' | 'pause', { vault }: Pick<LimiterDeps, 'vault'>): Digest {
  return limitKey(vault, ['address', what], callerOf(address));
}

type Keyed = Pick<Attempt, 'flow' | 'subject'>;
type KeyDeps = Pick<LimiterDeps, 'vault'>;

function subjectKey({ flow }: Pick<Attempt, 'flow'>, subject: string, { vault }: KeyDeps): Digest {
  return limitKey(vault, ['identifier', deviceOf({ flow }, subject) ?? strangers], subject);
}

function accountKey({ flow, subject }: Keyed, account: string, { vault }: KeyDeps): Digest {
  return limitKey(vault, ['account', deviceOf({ flow }, subject) ?? strangers], account);
}

/** All whose browser is not known for who is asked have one tally together. */
const strangers = 'strangers';

function deviceOf({ flow }: Pick<Attempt, 'flow'>, subject: string | undefined): DeviceId | undefined {
  return flow.knownDevice !== undefined && flow.knownDevice.subject === subject ? flow.knownDevice.id : undefined;
}
