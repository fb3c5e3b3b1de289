import { essentialAcrs, wishedAcrs } from '../mfa/requested-acrs.ts';
import type { Client } from '../model/app.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import type { OAuthErrorCode } from '../model/oauth-error.ts';
import type { Session } from '../model/session.ts';
import { achievedAcrs } from './acr-of.ts';
import { authenticatedAt } from './amr-of.ts';

/** What is missing: the error for `prompt=none`; without it, a flow asks the person. */
export type Lack = Extract<
  OAuthErrorCode,
  'login_required' | 'consent_required' | 'interaction_required' | 'account_selection_required' | 'unmet_authentication_requirements'
>;

export type Satisfaction = { readonly satisfied: true } | { readonly satisfied: false; readonly error: Lack };

export interface Candidate {
  readonly session: Session;
  readonly client: Client;
  readonly request: AccessRequest;
  readonly now: Date;
  /** Whether its user has more to show in this app than the session's proofs (`mfa/is-below-policy.ts`). */
  readonly isBelowPolicy: boolean;
  /** The flow that has just ended in this session. Absent where a session was there already. */
  readonly flow?: { readonly startedAt: Date; readonly hasConsented: boolean } | undefined;
}

/**
 * Whether a session satisfies an authorization request now (OpenID Connect Core, sections 3.1.2.1 to 3.1.2.4). Asked
 * twice: before a flow, to spare the person one, and after it, so that no flow can end in less than was asked for.
 */
export function satisfiesRequest(candidate: Candidate): Satisfaction {
  const error = rules.map((rule) => rule(candidate)).find((lack) => lack !== undefined);
  return error === undefined ? { satisfied: true } : { satisfied: false, error };
}

const rules: readonly ((candidate: Candidate) => Lack | undefined)[] = [isExpectedUser, isFresh, isYoungEnough, meetsPolicy, isStrongEnough, isChosen, hasConsent];

/** The subject that the client expects: a `sub` claim with a value (Core, section 5.5.1), which a verified hint becomes, too. */
export function isRightUser({ userId }: Pick<Session, 'userId'>, request: Pick<AccessRequest, 'claims'> | undefined): boolean {
  if (request === undefined) return true;
  const sub = request.claims.idToken['sub'] ?? request.claims.userinfo['sub'];
  const wanted = sub?.values ?? (sub?.value === undefined ? undefined : [sub.value]);
  return wanted === undefined || wanted.includes(userId);
}

function isExpectedUser({ session, request }: Candidate): Lack | undefined {
  return isRightUser(session, request) ? undefined : 'login_required';
}

/** `prompt=login`: proved again, in answer to this very request. */
function isFresh({ session, request, flow }: Candidate): Lack | undefined {
  return !request.prompts.includes('login') || isProvedSince(session, flow?.startedAt) ? undefined : 'login_required';
}

/** `max_age`: a proof of this flow is young enough however long the person then took, also for 0. */
function isYoungEnough({ session, request, now, flow }: Candidate): Lack | undefined {
  if (request.maxAgeSeconds === undefined || isProvedSince(session, flow?.startedAt)) return undefined;
  const age = now.getTime() - authenticatedAt(session.proofs, session.createdAt).getTime();
  return request.maxAgeSeconds > 0 && age <= request.maxAgeSeconds * 1_000 ? undefined : 'login_required';
}

/** The app's policy is no wish of the request's: it holds before a flow and after it. */
function meetsPolicy({ isBelowPolicy }: Candidate): Lack | undefined {
  return isBelowPolicy ? 'interaction_required' : undefined;
}

/**
 * An essential `acr` must be reached. One that is only wished for (`acr_values`) is worth asking the person once, but
 * fails nothing: not after a flow, and not where nobody may be asked.
 */
function isStrongEnough({ session, request, flow }: Candidate): Lack | undefined {
  const achieved: readonly unknown[] = achievedAcrs(session.proofs);
  const demanded = essentialAcrs(request.claims);
  if (demanded !== undefined && !demanded.some((acr) => achieved.includes(acr))) return 'unmet_authentication_requirements';
  const wished = wishedAcrs(request);
  if (flow !== undefined || request.prompts.includes('none') || wished.length === 0) return undefined;
  return wished.some((acr) => achieved.includes(acr)) ? undefined : 'login_required';
}

/** `select_account`: in a flow, the person chose. */
function isChosen({ request, flow }: Candidate): Lack | undefined {
  return !request.prompts.includes('select_account') || flow !== undefined ? undefined : 'account_selection_required';
}

function hasConsent({ client, request, flow }: Candidate): Lack | undefined {
  const isNeeded = needsConsent(client, request);
  return !isNeeded || flow?.hasConsented === true ? undefined : 'consent_required';
}

/** Whether the person must agree before a code is issued. Consent is asked for each time: none is remembered. */
export function needsConsent(client: Client, request: Pick<AccessRequest, 'prompts'>): boolean {
  return client.requiresConsent || request.prompts.includes('consent');
}

function isProvedSince(session: Session, moment: Date | undefined): boolean {
  return moment !== undefined && session.proofs.some((proof) => proof.provedAt.getTime() >= moment.getTime());
}
