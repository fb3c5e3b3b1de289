import type { EnterPasswordView, SetPasswordView } from '@portico/contract';
import { passwordRulesView } from '../preferences/password-rules-view.ts';
import { methodsOf } from '../preferences/preferences-view.ts';
import type { Scene } from './flow-deps.ts';
import { approvedIn, inFlow } from './in-flow.ts';
import { isSentMethod, otherMethods } from './other-methods.ts';

/** The same for everybody: it says what the app has, and nothing of the address. */
export function enterPasswordView(scene: Scene): EnterPasswordView {
  const { flow } = scene;
  const others = otherMethods(scene, 'password');
  const resetWith = others.find(isSentMethod);
  return {
    ...inFlow(flow),
    step: 'enter-password',
    identifier: flow.typedIdentifier ?? '',
    ...(resetWith === undefined ? {} : { reset_with: resetWith }),
    ...approvedIn(flow),
    other_methods: others,
  };
}

export function setPasswordView({ flow, app }: Scene): SetPasswordView {
  return {
    ...inFlow(flow),
    step: 'set-password',
    reason: flow.wantsNewPassword === true ? 'forgotten' : 'sign-up',
    identifier: flow.typedIdentifier ?? flow.email ?? flow.phone?.canonical ?? '',
    rules: passwordRulesView(app.preferences.methods.password),
    // The mail or the SMS that brought them here signs them in the next time too.
    may_skip: methodsOf(app.preferences).some(isSentMethod),
  };
}
