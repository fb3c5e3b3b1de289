import type { MethodName } from '@portico/contract';
import type { Flow } from '../model/flow.ts';
import { methodsOf } from '../preferences/preferences-view.ts';
import { detourOf, nameOf, subjectOf } from '../model/flow-subject.ts';
import { isOfSignedIn } from './is-of-signed-in.ts';
import type { Scene } from './flow-deps.ts';

/** The other ways that are open from here: on, and not the one that is shown. Nobody signs up by using a passkey or a password; whoever recovers their account leaves that by using one. */
export function otherMethods(scene: Scene, shown: MethodName | undefined): readonly MethodName[] {
  const { flow, app } = scene;
  return methodsOf(app.preferences).filter((name) => {
    // Providers have a button each, and those are on the first screen.
    if (name === shown || name === 'social' || isRoutedElsewhere(scene, name)) return false;
    if (isSentMethod(name)) return maySend(flow, name);
    if (name === 'access-code' && isOfSignedIn(flow.kind)) return false;
    return flow.kind !== 'sign-up' && (name === 'passkey' || subjectOf(flow) !== undefined);
  });
}

/** A message of this kind has somewhere to go: what was typed, what the owner of a name has proved or, where a backend has codes go elsewhere, that alone. */
export function maySend(flow: Flow, name: 'email-code' | 'magic-link' | 'sms-code'): boolean {
  const detour = detourOf(flow);
  if (detour !== undefined) return name !== 'magic-link' && (name === 'sms-code') === (detour.phone !== undefined);
  return ((name === 'sms-code' ? flow.phone : flow.email) ?? nameOf(flow)) !== undefined;
}

/**
 * The domain of the address belongs to a provider, and then nothing else that starts from the address leads in: whom the
 * provider has shut out is out. Whoever came back from there proves the other side by whatever they have.
 */
export function isRoutedElsewhere({ flow, app, deps }: Scene, name: MethodName): boolean {
  if (flow.email === undefined || flow.linking !== undefined || name === 'passkey' || name === 'social') return false;
  return deps.social.findByDomain(app, flow.email) !== undefined;
}

/** A message with something to answer goes out for it. */
export function isSentMethod(name: MethodName): name is 'email-code' | 'magic-link' | 'sms-code' {
  return isMailMethod(name) || name === 'sms-code';
}

/** A mail goes out for it. */
export function isMailMethod(name: MethodName): name is 'email-code' | 'magic-link' {
  return name === 'email-code' || name === 'magic-link';
}
