import type { MethodName } from '@portico/contract';
import { methodsOf } from '../preferences/preferences-view.ts';
import type { Scene } from './flow-deps.ts';

/** The other ways that are open from here: on, and not the one that is shown. Nobody signs up by using a passkey or a password. */
export function otherMethods({ flow, app }: Scene, shown: MethodName): readonly MethodName[] {
  return methodsOf(app.preferences).filter((name) => {
    if (name === shown) return false;
    if (name === 'sms-code') return flow.phone !== undefined;
    if (isMailMethod(name)) return flow.email !== undefined;
    return flow.kind === 'sign-in' && (name === 'passkey' || (flow.email ?? flow.phone) !== undefined);
  });
}

/** A message with something to answer goes out for it. */
export function isSentMethod(name: MethodName): name is 'email-code' | 'magic-link' | 'sms-code' {
  return isMailMethod(name) || name === 'sms-code';
}

/** A mail goes out for it. */
export function isMailMethod(name: MethodName): name is 'email-code' | 'magic-link' {
  return name === 'email-code' || name === 'magic-link';
}
