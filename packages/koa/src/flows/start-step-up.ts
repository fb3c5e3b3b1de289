/**
 * The beginning of a flow that asks whoever is signed in for what is missing.
 *
 * Owns: whether it goes on with the session or asks for a first factor anew, and by which methods.
 * Does not own: whether the session would do (http/known-session.ts), what follows (next-step.ts).
 */
import type { MethodName } from '@portico/contract';
import type { App } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import { subjectOf } from '../model/flow-subject.ts';
import type { Session } from '../model/session.ts';
import type { User } from '../model/user.ts';
import { methodsOf } from '../preferences/preferences-view.ts';
import { parseIfPhone } from '../users/canonical-phone.ts';
import { askForPassword } from './ask-for-password.ts';
import type { FlowDeps, Scene } from './flow-deps.ts';
import { isMailMethod } from './other-methods.ts';
import { prepareStep } from './prepare-step.ts';
import { applyOutcome, sceneOf, type Ran } from './run-action.ts';
import type { Started } from './start-flow.ts';

/** Who steps up. */
export interface SteppingUp {
  readonly session: Session;
  readonly user: User;
  /** The session's proofs count; otherwise the person proves who they are anew, and still that they are the same. */
  readonly goesOn: boolean;
}

/**
 * Methods that this user can be asked for as first factor. No secret to whoever has their session. Providers are not among
 * them: their buttons are on the first screen, so that whoever has nothing else signs in.
 */
export async function provableBy(user: User, app: App, { store, social }: Pick<FlowDeps, 'store' | 'social'>): Promise<readonly MethodName[]> {
  const { rpId } = app.preferences.methods.passkey;
  const hasPasskey = (await store.passkeys.listOf(user.id)).some((passkey) => passkey.rpId === rpId);
  const hasPassword = (await store.passwords.find(user.id)) !== undefined;
  // The domain belongs to a provider: nothing that starts from the address leads in.
  const isRouted = user.email !== undefined && social.findByDomain(app, user.email.canonical) !== undefined;
  return methodsOf(app.preferences).filter((method) => {
    if (method === 'passkey') return hasPasskey;
    if (method === 'password') return hasPassword && !isRouted && subjectOf(identifierOf(user)) !== undefined;
    if (isMailMethod(method)) return user.email !== undefined && !isRouted;
    // A flow is about an address or a number.
    return method === 'sms-code' && user.email === undefined && user.phone !== undefined;
  });
}

/** A step-up, and what came of its beginning: it may have been its end. */
export interface StartedStepUp extends Started {
  readonly ran: Ran;
}

/** Puts a flow that was just started where its first question is; at its end, if nothing is missing. */
export async function startStepUp({ flow, handle }: Started, { session, user, goesOn }: SteppingUp, deps: FlowDeps): Promise<StartedStepUp> {
  const named: Flow = { ...flow, ...identifierOf(user), steppingUpAs: user.id };
  const scene = await sceneOf(named, deps);
  if (goesOn) {
    const ran = await applyOutcome(scene, { change: (latest) => ({ ...latest, userId: user.id, proofs: session.proofs, sessionId: session.id, continues: session.id }), isStepDone: true });
    return { flow: ran.flow, handle, ran };
  }
  const ran = await applyOutcome(scene, { change: await firstQuestion(scene, user) });
  return { flow: ran.flow, handle, ran };
}

function identifierOf({ email, phone, username }: User): Pick<Flow, 'typedIdentifier' | 'email' | 'phone' | 'username'> {
  if (email !== undefined) return { typedIdentifier: email.typed, email: email.canonical };
  const number = phone === undefined ? undefined : parseIfPhone(phone.canonical, undefined);
  if (number !== undefined) return { typedIdentifier: number.typed, phone: number };
  return username === undefined ? {} : { typedIdentifier: username.typed, username: username.canonical };
}

/** A passkey or a password is asked for at once. A mail or an SMS goes out when the person says so. */
async function firstQuestion(scene: Scene, user: User): Promise<(flow: Flow) => Flow> {
  const methods = await provableBy(user, scene.app, scene.deps);
  if (methods.includes('passkey')) return prepareStep(scene, 'use-passkey', user);
  if (methods.includes('password')) return askForPassword;
  return (latest) => ({ ...latest, step: 'choose-method' });
}
