import type { MethodName } from '@portico/contract';
import { methodsOf } from '../preferences/preferences-view.ts';
import type { Scene } from './flow-deps.ts';

/** The other ways that are open from here: on, and not the one that is shown. Nobody signs up by using a passkey. */
export function otherMethods({ flow, app }: Scene, shown: MethodName): readonly MethodName[] {
  return methodsOf(app.preferences).filter((name) => {
    if (name === shown) return false;
    return name === 'passkey' ? flow.kind === 'sign-in' : flow.email !== undefined;
  });
}
