import type { EnterPasswordView, PasswordRulesView, SetPasswordView } from '@portico/contract';
import { passwordRulesView } from '../preferences/password-rules-view.ts';
import { methodsOf } from '../preferences/preferences-view.ts';
import { replacesPassword } from '../model/replaceable-by.ts';
import { usernameWish } from './choose-username.ts';
import { isOfSignedIn } from './is-of-signed-in.ts';
import type { Scene } from './flow-deps.ts';
import { approvedIn, inFlow } from './in-flow.ts';
import { isMailMethod, isSentMethod, otherMethods } from './other-methods.ts';

/** The same for everybody: it says what the app has, and nothing of the address. */
export function enterPasswordView(scene: Scene): EnterPasswordView {
  const { flow, app } = scene;
  const others = otherMethods(scene, 'password');
  // Whoever steps up proves who they are; what is forgotten is recovered by whoever signs in.
  const resetWith = isOfSignedIn(flow.kind) ? undefined : others.filter(isSentMethod).find((name) => replacesPassword(isMailMethod(name) ? 'email' : 'sms', app.preferences));
  return {
    ...inFlow(flow),
    step: 'enter-password',
    identifier: flow.typedIdentifier ?? '',
    ...(resetWith === undefined ? {} : { reset_with: resetWith }),
    ...(flow.hasRecovered === true ? { has_new_password: true } : {}),
    ...approvedIn(flow),
    other_methods: others,
  };
}

/**
 * The mail or the SMS that brought them here signs them in the next time too; but nobody is signed in by one that was
 * asked for to recover, where the app wants the new password for that.
 */
export function maySkipPassword({ flow, app }: Pick<Scene, 'flow' | 'app'>): boolean {
  const { preferences } = app;
  if (flow.passwordChange !== undefined || usernameWish({ flow, app }) === 'required') return false;
  if (flow.kind === 'recover' && !preferences.recovery.signsIn) return false;
  return methodsOf(preferences).some(isSentMethod);
}

export function setPasswordView({ flow, app }: Scene): SetPasswordView {
  const wish = usernameWish({ flow, app });
  return {
    ...inFlow(flow),
    step: 'set-password',
    reason: flow.passwordChange ?? (flow.kind === 'recover' ? 'forgotten' : 'sign-up'),
    identifier: flow.typedIdentifier ?? flow.email ?? flow.phone?.canonical ?? '',
    rules: rulesIn({ flow, app }),
    ...(wish === undefined ? {} : { username: wish }),
    may_skip: maySkipPassword({ flow, app }),
  };
}

/** Whatever the app remembers, the one that has to be replaced is refused; so that is said before anything is typed. */
function rulesIn({ flow, app }: Pick<Scene, 'flow' | 'app'>): PasswordRulesView {
  const { password } = app.preferences.methods;
  return passwordRulesView(flow.passwordChange === undefined ? password : { ...password, history: Math.max(1, password.history) });
}
