/**
 * A browser on its way to a provider and back.
 *
 * Owns: that both ways belong to the browser and the flow that they began in, and that the answer moves that flow and no
 * other. Does not own: what is asked and judged (methods/social), who the visitor is here (settle-upstream.ts), HTTP.
 */
import { AuthError } from '../model/auth-error.ts';
import type { Challenge } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';
import type { ChallengeId, Digest } from '../model/ids.ts';
import type { UpstreamIdentity } from '../model/identity.ts';
import type { SocialVerdict } from '../methods/social/social.method.ts';
import { readQuestion } from '../methods/social/question.ts';
import { ProviderRefusal } from '../methods/social/refusal.ts';
import { parseIfEmail } from '../users/canonical.ts';
import type { FlowDeps, Scene } from './flow-deps.ts';
import { problemOf } from './provider-problem.ts';
import { saveChange, saveFlow, sceneOf } from './run-action.ts';

/** Which provider's path was visited, and by which browser. */
interface Visit {
  readonly provider: string;
  readonly browser: Digest | undefined;
  /** Of the session that this browser has now. */
  readonly session: Digest | undefined;
}

/** Where the browser goes to ask. Changes nothing. @throws {AuthError} `provider_expired`, `provider_other_browser`, … */
export async function findWayOut({ question, ...visit }: Visit & { readonly question: string }, deps: FlowDeps): Promise<string> {
  const challenge = await deps.store.challenges.find(question as ChallengeId);
  const { challenge: open } = await findScene(challenge, visit, deps);
  if (deps.social.leaveTo(open) === undefined) throw new AuthError('provider_expired');
  // Another process than the one that opened the question may be the first to need the provider's whereabouts.
  return deps.social.authorizationUrl(open).catch((thrown: unknown) => {
    throw thrown instanceof ProviderRefusal ? new AuthError(thrown.code, { cause: thrown }) : thrown;
  });
}

/** Where somebody is who came back. */
export interface CameBack {
  readonly scene: Scene;
  /** The page that waits for this very browser. Absent if another window of it does. */
  readonly returnTo: string | undefined;
}

/**
 * Takes a provider's answer into the flow that asked. Good or bad, the page that waits is told by the flow, and goes on with
 * it by the handle that it alone holds: what this window knows is worth nothing elsewhere.
 */
export async function comeBack({ parameters, ...visit }: Visit & { readonly parameters: Readonly<Record<string, string>> }, deps: FlowDeps): Promise<CameBack> {
  const { state } = parameters;
  const asked = state === undefined ? undefined : await deps.social.findQuestion(state);
  const { scene, challenge } = await findScene(asked, visit, deps);
  const verdict = await deps.social.answer({ ...scene, user: undefined }, challenge, parameters);
  if (verdict === undefined) throw new AuthError('provider_expired');
  const answered = takeVerdict(verdict, deps);
  // Whoever has gone another way meanwhile has no use for the answer.
  await saveChange(scene, (flow) => (isWaitingFor(challenge, flow) ? answered(flow) : flow), (flow) => saveFlow(flow, deps));
  return { scene, returnTo: readQuestion(challenge).returnTo };
}

/** The flow of a question, if this browser began it, for this provider, and it still waits for the answer. */
async function findScene(challenge: Challenge | undefined, { provider, browser, session }: Visit, deps: FlowDeps): Promise<{ readonly scene: Scene; readonly challenge: Challenge }> {
  if (challenge?.method !== 'social' || challenge.purpose !== 'prove') throw new AuthError('provider_expired');
  // Begun with one provider and answered at another's path: a mix-up (RFC 9700, section 4.4). The question is left as it is.
  if (readQuestion(challenge).provider !== provider) throw new AuthError('provider_answer_invalid');
  const flow = await deps.store.flows.find(challenge.flowId);
  if (flow === undefined || flow.expiresAt <= deps.clock.now()) throw new AuthError('provider_expired');
  if (browser === undefined || flow.browserDigest === undefined || !deps.vault.matches(browser, flow.browserDigest)) throw new AuthError('provider_other_browser');
  await checkVisitor(flow, session, deps);
  if (flow.finishedAt !== undefined || !isWaitingFor(challenge, flow)) throw new AuthError('provider_expired');
  const scene = await sceneOf(flow, deps);
  if (deps.social.find(scene.app, provider) === undefined) throw new AuthError('provider_unknown');
  return { scene, challenge };
}

/** To add an account, only whoever began it goes to the provider and comes back: one browser may be used by two people. */
async function checkVisitor({ kind, steppingUpAs }: Flow, session: Digest | undefined, { store, clock }: FlowDeps): Promise<void> {
  if (kind !== 'link') return;
  const visitor = session === undefined ? undefined : await store.sessions.findBySecret(session, clock.now());
  if (visitor === undefined || visitor.userId !== steppingUpAs) throw new AuthError('provider_other_browser');
}

function isWaitingFor({ id }: Challenge, { step, challenges }: Flow): boolean {
  return step === 'leave-to-provider' && challenges.social === id;
}

function takeVerdict(verdict: SocialVerdict, { clock }: FlowDeps): (flow: Flow) => Flow {
  if (verdict.outcome === 'refused') return (flow) => ({ ...flow, ...problemOf(flow, verdict.code) });
  const { email, ...visitor } = verdict.visitor;
  const address = email === undefined ? undefined : parseIfEmail(email);
  const upstream: UpstreamIdentity = {
    ...visitor,
    ...(address === undefined ? {} : { email: address }),
    // What is no address proves none.
    isEmailVerified: visitor.isEmailVerified && address !== undefined,
    answeredAt: clock.now(),
  };
  return (flow) => ({ ...flow, ...(flow.leaving === undefined ? {} : { leaving: { provider: flow.leaving.provider } }), upstream });
}
