/**
 * One-time codes, whatever carries them: how one is made, what is stored of it, how an answer is judged.
 *
 * Owns: that of many answers at once no more are judged than there are attempts, and that a right one is taken once.
 * Does not own: where a code goes, how often, and what else ends with it; each method says that by its `CodeChannel`.
 */
import type { Challenge, NewChallenge } from '../model/challenge.ts';
import type { CanonicalEmail, CanonicalPhone, ChallengeId, Digest } from '../model/ids.ts';
import type { Proof, Verdict } from '../model/proof.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import { countAttempt, findLock, forgetWrongAnswers, type AnswerLock } from './answer-lock.ts';
import { maySignIn } from './may-sign-in.ts';
import { methodEvent } from './method-event.ts';
import type { MethodContext } from './method.ts';
import { normalizeCode } from './normalize-code.ts';
import { purposeOf } from './purpose-of.ts';
import { whyCodeEnded } from './why-code-ended.ts';

/** What a way to send codes has of its own, for one flow. */
export interface CodeChannel {
  readonly method: 'email-code' | 'sms-code';
  /** The address or the number that the flow is about. */
  readonly sentTo: CanonicalEmail | CanonicalPhone;
  readonly codeLength: number;
  readonly lock: AnswerLock;
  /** Whether the challenge was asked of `sentTo`. */
  isFor(challenge: Challenge): boolean;
  /** What else a right code settles, in the transaction that takes it. */
  settle(store: Store, now: Date): Promise<void>;
  /** What is proved, and by what. */
  readonly proof: Pick<Proof, 'amr' | 'email' | 'phone' | 'sentTo' | 'userId' | 'isDetour'>;
}

/** A question, and whom it was asked. */
export interface Asked {
  readonly context: MethodContext;
  readonly challenge: Challenge;
}

interface CodeDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** A code that is not stored yet. The digits go into the message and nowhere else. */
export interface NewCode {
  readonly challenge: NewChallenge;
  readonly code: string;
}

/** What the settings say of a new code, and what its challenge keeps beside. */
export interface CodeTerms extends Pick<NewChallenge, 'email' | 'phone'> {
  readonly lifetimeSeconds: number;
  readonly attempts: number;
}

/**
 * A code of an address that cannot sign in is stored for `nobody`, an answer of who may not sign in is asked for as
 * `refused`: the same work is done, and neither ever equals anything.
 */
type CodeAudience = 'member' | 'nobody' | 'refused';

export function newOneTimeCode(
  context: MethodContext, { lifetimeSeconds, attempts, ...kept }: CodeTerms, { channel, ...deps }: Omit<CodeDeps, 'store'> & { readonly random: Random; readonly channel: CodeChannel },
): NewCode {
  const { flow, client, user } = context;
  const createdAt = deps.clock.now();
  const code = deps.random.digits(channel.codeLength);
  const asking = { id: deps.random.id() as ChallengeId, flowId: flow.id, clientId: client.id, purpose: purposeOf(context) };
  const challenge: NewChallenge = {
    ...asking,
    ...kept,
    detail: {},
    method: channel.method,
    secretDigest: codeDigest(code, asking, { channel, audience: maySignIn(context) ? 'member' : 'nobody', vault: deps.vault }),
    attemptsLeft: attempts,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + lifetimeSeconds * 1_000),
    ...(user === undefined ? {} : { userId: user.id }),
  };
  return { challenge, code };
}

/** A few digits can be tried out against a hash, hence the key. All that a code is good for is part of what is looked up. */
function codeDigest(
  code: string,
  { id, flowId, clientId, purpose }: Pick<Challenge, 'id' | 'flowId' | 'clientId' | 'purpose'>,
  { channel, audience, vault }: { readonly channel: CodeChannel; readonly audience: CodeAudience; readonly vault: Vault },
): Digest {
  return vault.keyedDigest('one-time-code', code, [channel.method, purpose, audience, flowId, id, clientId, channel.sentTo]);
}

/**
 * Judges digits. The order matters: lock, shape, attempt, tally, and only then the digits, so that of many answers at
 * once no more are judged than there are attempts, nor over all flows together more than the lock lets through.
 */
export async function answerOneTimeCode(asked: Asked, typed: string, { channel, ...deps }: CodeDeps & { readonly channel: CodeChannel }): Promise<Verdict> {
  const { challenge } = asked;
  if (!isAskedHere(asked, channel)) return { outcome: 'spent', code: 'code_spent' };
  if ((await findLock(channel.lock, deps)) !== undefined) return { outcome: 'spent', code: 'too_many_attempts' };
  const code = normalizeCode(typed, channel.codeLength);
  if (code === undefined) return judgeShapeless(challenge, deps);
  const spent = await deps.store.challenges.spendAttempt(challenge.id, deps.clock.now());
  if (spent === undefined) return explainEnd(challenge, deps);
  const counted = await countAttempt(channel.lock, deps);
  if (counted === undefined) return { outcome: 'spent', code: 'too_many_attempts' };
  // Nothing is stored for `refused`: who was suspended since the code went out has no right one.
  const audience = maySignIn(asked.context) ? 'member' : 'refused';
  const proof = await claim(asked, codeDigest(code, challenge, { channel, audience, vault: deps.vault }), { channel, ...deps });
  return proof === undefined ? judgeWrong(asked, { ...spent, ...counted }, { channel, ...deps }) : { outcome: 'proved', proof };
}

/** It is this flow's code, for the address or number that the flow is still about; or for the same person still, where it goes elsewhere. */
function isAskedHere({ context, challenge }: Asked, channel: CodeChannel): boolean {
  const { method, purpose, flowId, clientId } = challenge;
  if (context.detour !== undefined && challenge.userId !== context.user?.id) return false;
  return method === channel.method && purpose === purposeOf(context) && flowId === context.flow.id && clientId === context.client.id && channel.isFor(challenge);
}

function claim({ context, challenge }: Asked, digest: Digest, { channel, ...deps }: CodeDeps & { readonly channel: CodeChannel }): Promise<Proof | undefined> {
  return deps.store.transaction(async (store) => {
    const now = deps.clock.now();
    if ((await store.challenges.claim(challenge.id, digest, now)) === undefined) return undefined;
    await channel.settle(store, now);
    await forgetWrongAnswers(channel.lock, { store });
    await store.audit.insert(methodEvent('proved', { ...context, method: channel.method }, deps));
    return { method: channel.method, provedAt: now, isPhishingResistant: false, isMultiFactor: false, ...channel.proof };
  });
}

/** A slip of the hand, not a guess: no attempt is spent. */
function judgeShapeless(challenge: Challenge, { clock }: CodeDeps): Verdict {
  const ended = whyCodeEnded(challenge, clock.now());
  if (ended !== undefined) return { outcome: 'spent', code: ended };
  return { outcome: 'wrong', code: 'code_wrong', attemptsLeft: challenge.attemptsLeft };
}

async function explainEnd(challenge: Challenge, { store, clock }: CodeDeps): Promise<Verdict> {
  const latest = await store.challenges.find(challenge.id);
  return { outcome: 'spent', code: whyCodeEnded(latest, clock.now()) ?? 'code_spent' };
}

/** What is left of the code, and whether this answer has locked whom it was sent to. */
interface Left {
  readonly attemptsLeft: number;
  readonly lockedUntil?: Date;
}

async function judgeWrong(
  { context, challenge }: Asked, { attemptsLeft, lockedUntil }: Left, { channel, ...deps }: CodeDeps & { readonly channel: CodeChannel },
): Promise<Verdict> {
  const { store } = deps;
  const latest = await store.challenges.find(challenge.id);
  if (latest?.end === 'used') {
    // The same right code, sent twice: the other one got it. That is no guess, and the tally ended with it.
    await forgetWrongAnswers(channel.lock, deps);
    return { outcome: 'spent', code: 'code_spent' };
  }
  await store.audit.insert(methodEvent('answer_wrong', { ...context, method: channel.method }, deps));
  if (lockedUntil !== undefined) {
    await store.audit.insert(methodEvent('locked', { ...context, method: channel.method }, deps));
    return { outcome: 'spent', code: 'too_many_attempts' };
  }
  if (attemptsLeft === 0) return { outcome: 'spent', code: 'code_spent' };
  return { outcome: 'wrong', code: 'code_wrong', attemptsLeft };
}
