/**
 * The first factor of somebody who is known already.
 *
 * Owns: by which methods, or else at which providers, they can be asked anew, and which question comes first.
 * Does not own: when they are asked (start-step-up.ts, link-proof.ts).
 */
import type { MethodName, ProviderView } from '@portico/contract';
import type { App } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import { subjectOf } from '../model/flow-subject.ts';
import type { User } from '../model/user.ts';
import { methodsOf } from '../preferences/preferences-view.ts';
import { parseIfPhone } from '../users/canonical-phone.ts';
import { askForPassword } from './ask-for-password.ts';
import type { FlowDeps, Scene } from './flow-deps.ts';
import { isMailMethod } from './other-methods.ts';
import { prepareStep } from './prepare-step.ts';

/** Methods that this user can be asked for as first factor. No secret to whoever has their session. Providers are not among them. */
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

/**
 * Providers that lead to this user, where they can be asked for nothing else. A link sends them there, for they come back to
 * it; from a step-up nothing leads back, and its person signs in.
 */
export async function provableAt(user: User, app: App, deps: Pick<FlowDeps, 'store' | 'social'>): Promise<readonly ProviderView[]> {
  if ((await provableBy(user, app, deps)).length > 0) return [];
  const linked = (await deps.store.identities.listOf(user.id)).map(({ provider }) => provider);
  // Of the others the domain's own has shut them out, as it may.
  const route = user.email === undefined ? undefined : deps.social.findByDomain(app, user.email.canonical);
  return deps.social.providersOf(app).filter(({ id }) => linked.includes(id) && (route === undefined || route.id === id));
}

/** What a flow about this user says of whom it is about. */
export function identifierOf({ email, phone, username }: User): Pick<Flow, 'typedIdentifier' | 'email' | 'phone' | 'username'> {
  if (email !== undefined) return { typedIdentifier: email.typed, email: email.canonical };
  const number = phone === undefined ? undefined : parseIfPhone(phone.canonical, undefined);
  if (number !== undefined) return { typedIdentifier: number.typed, phone: number };
  return username === undefined ? {} : { typedIdentifier: username.typed, username: username.canonical };
}

/** A passkey or a password is asked for at once. A mail or an SMS goes out when the person says so. */
export async function firstQuestion(scene: Scene, user: User): Promise<(flow: Flow) => Flow> {
  const methods = await provableBy(user, scene.app, scene.deps);
  if (methods.includes('passkey')) return prepareStep(scene, 'use-passkey', user);
  if (methods.includes('password')) return askForPassword;
  return (latest) => ({ ...latest, step: 'choose-method' });
}
