import type { MethodName } from '@portico/contract';
import { methodsOf } from '../preferences/preferences-view.ts';
import type { Scene } from './flow-deps.ts';

/** The other ways that are open from here: on, and not the one that is shown. Nobody signs up by using a passkey or a password. */
export function otherMethods({ flow, app }: Scene, shown: MethodName): readonly MethodName[] {
  return methodsOf(app.preferences).filter((name) => {
    if (name === shown) return false;
    const mayShow = name === 'passkey' || flow.email !== undefined;
    return mayShow && (isMailMethod(name) || flow.kind === 'sign-in');
  });
}

/** A mail goes out for it. */
export function isMailMethod(name: MethodName): name is 'email-code' | 'magic-link' {
  return name === 'email-code' || name === 'magic-link';
}
