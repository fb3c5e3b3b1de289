import type { Context } from 'koa';
import { achievedAcrs } from '../authorize/acr-of.ts';
import { satisfiesRequest } from '../authorize/satisfies-request.ts';
import { mfaDemand } from '../mfa/mfa-demand.ts';
import { requestedLevel } from '../mfa/requested-acrs.ts';
import { countedCodes } from '../mfa/second-codes.ts';
import { askable, findSecondFactors } from '../mfa/second-factors.ts';
import type { Client } from '../model/app.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import type { Session } from '../model/session.ts';
import { findSession } from '../sessions/find-session.ts';
import { isRecent } from '../sessions/recent-proof.ts';
import type { HttpDeps } from './http-deps.ts';

/** The browser's session, where going on with it would be enough: a request for a fresh sign-in gets no such offer. */
export async function knownSession(
  ctx: Context,
  { client, request }: { readonly client: Client; readonly request: AccessRequest | undefined },
  deps: HttpDeps,
): Promise<Session | undefined> {
  const session = await findSession(deps.cookies.readSession(ctx), deps);
  if (session === undefined) return undefined;
  if (request === undefined) return (await isToAddContact(session, client, deps)) ? undefined : session;
  return (await isToGoOnWith(session, { client, request }, deps)) ? session : undefined;
}

/** Whether a flow may go on with a session: all that is missing is something that its owner can show. */
export async function isToGoOnWith(
  session: Session,
  { client, request }: { readonly client: Client; readonly request: AccessRequest },
  deps: HttpDeps,
): Promise<boolean> {
  if (!(await canStepUp(session, { client, request }, deps)) || (await isToAddContact(session, client, deps))) return false;
  // Choosing, consenting and showing a second factor are what the flow itself is for.
  const { acr: _level, ...idToken } = request.claims.idToken;
  const asked = { ...request, acrValues: [], claims: { ...request.claims, idToken }, prompts: request.prompts.filter((prompt) => prompt === 'login') };
  return satisfiesRequest({ session, request: asked, client: { ...client, requiresConsent: false }, now: deps.clock.now(), isBelowPolicy: false }).satisfied;
}

/**
 * Whether going on would lead to where an address or a number may be added, and the session was not proved a moment ago: as
 * on an account page, its owner signs in first.
 */
async function isToAddContact(session: Session, client: Client, { store, clock }: HttpDeps): Promise<boolean> {
  if (isRecent(session, clock.now())) return false;
  const app = await store.apps.find(client.appId);
  if (app?.preferences.mfa.policy !== 'required' || countedCodes(app.preferences).length === 0) return false;
  return mfaDemand(session.proofs, app.preferences.mfa, await findSecondFactors(session.userId, app, store)) === 'enroll';
}

/**
 * Whether going on leads to the level that is asked for, by something that the person has. Who would have to add a factor
 * first signs in first: a browser that was left open is no leave to put one on the account.
 */
async function canStepUp(session: Session, { client, request }: { readonly client: Client; readonly request: AccessRequest }, { store }: HttpDeps): Promise<boolean> {
  const level = requestedLevel(request);
  if (level === undefined || achievedAcrs(session.proofs).includes(level)) return true;
  const app = await store.apps.find(client.appId);
  if (app === undefined) return false;
  const factors = await findSecondFactors(session.userId, app, store);
  return level === 'phr' ? factors.passkeys > 0 : askable(session.proofs, factors).length > 0;
}
