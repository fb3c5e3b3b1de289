/**
 * The approval: a passkey on another device signs this one in.
 *
 * Owns: the code to scan with its secret and its two digits, the question to the other device, what its answer proves.
 * Does not own: which device scanned first and which flow goes on (flows/approval.ts), the judgement of the passkey
 * (judge-assertion.ts), pages.
 */
import type { QrCode, RequestOptionsJson } from '@portico/contract';
import { paths } from '@portico/contract';
import { AuthError } from '../../model/auth-error.ts';
import type { Challenge } from '../../model/challenge.ts';
import type { ChallengeId, Digest, Sealed } from '../../model/ids.ts';
import type { Proof, Verdict } from '../../model/proof.ts';
import type { Store } from '../../ports/store.ts';
import type { Vault } from '../../ports/vault.ts';
import { drawQr } from '../draw-qr.ts';
import { checkMatchNumber, matchNumberAttempts, matchNumberDigest, matchNumberLength } from '../match-number.ts';
import type { Begun, MethodContext } from '../method.ts';
import { methodEvent } from '../method-event.ts';
import { whyLinkEnded } from '../why-link-ended.ts';
import { refusalEvent } from './audit-refusal.ts';
import { checkChallengeBelongs } from './check-challenge.ts';
import { claimChallenge } from './claim-challenge.ts';
import { judgeAssertion } from './judge-assertion.ts';
import { openChallenge, putInPlace, type PasskeyDeps } from './open-challenge.ts';
import { parseAssertion } from './parse-credential.ts';
import { catchRefusal, PasskeyRefusal } from './refusal.ts';
import { createRequestOptions } from './request-options.ts';

/** Long enough to find a phone, far less than the ten minutes of NIST SP 800-63B-4, section 4.1.2.2. */
const lifetimeSeconds = 180;

/** What the page that waits shows. */
export interface ShownApproval {
  readonly qr: QrCode;
  readonly link: string;
  readonly matchNumber: string;
}

/** What the other device is asked. */
export interface ApprovalQuestion {
  readonly id: ChallengeId;
  readonly options: RequestOptionsJson;
}

/** What the person on the other device gives. */
export interface ApprovalAnswer {
  readonly matchNumber: string;
  readonly question: ChallengeId;
  /** The browser's `AuthenticationResponseJSON`, unread. */
  readonly credential: unknown;
}

/** What flows ask of it. `challenge` is always that of the code to scan. */
export interface PasskeyApproval {
  /** Draws a code; the one before ends. Where `flow.email` or `flow.phone` is set, it takes only a passkey of that user. */
  begin(context: MethodContext): Promise<Begun>;
  show(challenge: Challenge): ShownApproval;
  /** The challenge of a scanned code. Changes nothing. @throws {AuthError} `link_unknown`, `link_used`, `link_replaced`, `link_expired`, `too_many_attempts` */
  find(secret: string): Promise<Challenge>;
  /** Opens the question that the other device's passkey answers: one of whoever the code is for. */
  ask(context: MethodContext, challenge: Challenge): Promise<ApprovalQuestion>;
  /** Judges digits, then passkey. What is proved counts for whoever then takes the code. @throws {AuthError} as `find`, and `link_number_wrong` */
  answer(context: MethodContext, challenge: Challenge, given: ApprovalAnswer): Promise<Verdict>;
  /** Ends the code for a yes or a no, in the transaction that writes which: of two at once one gets it. @throws {AuthError} as `find` */
  take(challenge: Challenge, secret: string, store: Store): Promise<void>;
  /** What the audit trail says of a no. */
  noteDecline(context: MethodContext, store: Store): Promise<void>;
}

interface ApprovalDeps extends PasskeyDeps {
  /** The link leads to a page of ours, wherever the page that waits is. */
  readonly issuer: string;
}

const digestOf = (secret: string, vault: Vault): Digest => vault.digest('approval', secret);
const binding = (id: ChallengeId): string => `challenge.shown:${id}`;

async function begin({ client, flow, user }: MethodContext, { store, vault, random, clock, issuer }: ApprovalDeps): Promise<Begun> {
  const now = clock.now();
  const id = random.id() as ChallengeId;
  const secret = random.secret();
  const matchNumber = random.digits(matchNumberLength);
  // Behind the `#`, where no server and no log sees it.
  const link = `${issuer}${paths.approve}#${secret}`;
  const shown: ShownApproval = { qr: await drawQr(link), link, matchNumber };
  await putInPlace({
    id,
    flowId: flow.id,
    clientId: client.id,
    method: 'passkey',
    purpose: 'scan',
    secretDigest: digestOf(secret, vault),
    ...(flow.email === undefined ? {} : { email: flow.email }),
    ...(flow.phone === undefined ? {} : { phone: flow.phone.canonical }),
    ...(user === undefined ? {} : { userId: user.id }),
    // Drawn once: a page that waits is looked at every second.
    detail: { shown: vault.seal(JSON.stringify(shown), binding(id)), matchNumberDigest: matchNumberDigest(matchNumber, { flowId: flow.id, challengeId: id }, vault) },
    attemptsLeft: matchNumberAttempts,
    createdAt: now,
    expiresAt: new Date(now.getTime() + lifetimeSeconds * 1_000),
  }, store);
  return { challenges: { scan: id } };
}

async function find(secret: string, { store, vault, clock }: ApprovalDeps): Promise<Challenge> {
  const challenge = await store.challenges.findBySecret('passkey', digestOf(secret, vault));
  if (challenge === undefined || challenge.purpose !== 'scan') throw new AuthError('link_unknown');
  const ended = whyLinkEnded(challenge, clock.now());
  if (ended !== undefined) throw new AuthError(ended);
  return challenge;
}

async function ask(context: MethodContext, { email, phone, userId }: Challenge, deps: ApprovalDeps): Promise<ApprovalQuestion> {
  const options = await createRequestOptions(deps.random.secret(), context.app.preferences.methods.passkey);
  return { id: await openChallenge({ purpose: 'approve', options, email, phone, userId }, context, deps), options };
}

async function answer(context: MethodContext, challenge: Challenge, { given, deps }: { readonly given: ApprovalAnswer; readonly deps: ApprovalDeps }): Promise<Verdict> {
  await checkMatchNumber(challenge, given.matchNumber, deps);
  const question = await deps.store.challenges.find(given.question);
  const judged = await catchRefusal(async () => {
    if (question === undefined) throw new PasskeyRefusal('challenge_over');
    checkChallengeBelongs(question, context, 'approve');
    await claimChallenge(question, deps);
    return judgeAssertion(parseAssertion(given.credential), { challenge: question, context }, deps);
  });
  if (judged instanceof PasskeyRefusal) {
    await deps.store.audit.insert(refusalEvent(judged, context, deps.clock.now()));
    return { outcome: 'spent', code: 'passkey_refused' };
  }
  return { outcome: 'proved', proof: fromAnotherDevice(judged) };
}

async function take({ id }: Challenge, secret: string, { store, vault, clock }: Pick<ApprovalDeps, 'store' | 'vault' | 'clock'>): Promise<void> {
  if ((await store.challenges.claim(id, digestOf(secret, vault), clock.now())) !== undefined) return;
  const latest = await store.challenges.find(id);
  throw new AuthError((latest === undefined ? undefined : whyLinkEnded(latest, clock.now())) ?? 'link_expired');
}

/**
 * The passkey vouches for the page where it was used, and that was ours. For the page that waits it does not: a copy of it,
 * shown by somebody else, has the same code and the same digits (NIST SP 800-63B-4, section 3.2.5). Two factors it is all the
 * same, over two channels (RFC 8176, `mca`).
 */
function fromAnotherDevice(proof: Proof): Proof {
  return { ...proof, amr: [...proof.amr, 'mca'], isPhishingResistant: false, isFromAnotherDevice: true };
}

export function createPasskeyApproval(deps: ApprovalDeps): PasskeyApproval {
  return {
    begin: (context) => begin(context, deps),
    // Sealed above, so it is what it was.
    show: ({ id, detail }) => JSON.parse(deps.vault.open(detail['shown'] as Sealed, binding(id))) as ShownApproval,
    find: (secret) => find(secret, deps),
    ask: (context, challenge) => ask(context, challenge, deps),
    answer: (context, challenge, given) => answer(context, challenge, { given, deps }),
    take: (challenge, secret, store) => take(challenge, secret, { ...deps, store }),
    noteDecline: (context, store) => store.audit.insert(methodEvent('approval_declined', context, deps)),
  };
}
