import type { MethodName } from '@portico/contract';
import { isOtherFactor, unshown } from './mfa/channels.ts';
import { isSecondCode } from './mfa/second-codes.ts';
import type { App } from './model/app.ts';
import type { Shown } from './model/proof.ts';
import { methodsOf } from './preferences/preferences-view.ts';
import { replaceableBy } from './model/replaceable-by.ts';

/**
 * Whoever got in by the first factor and could have no second would be left standing there.
 *
 * @throws {Error} naming the app, and the first methods that nothing could follow.
 */
export function checkSecondFactors(apps: readonly App[]): void {
  for (const app of apps) check(app, apps);
}

function check({ id, preferences }: App, apps: readonly App[]): void {
  const { mfa, methods } = preferences;
  if (mfa.policy === 'off') return;
  const counted = mfa.methods.filter((method) => methods[method].isOn);
  const isWhole = (first: MethodName): boolean => first === 'passkey' && methods.passkey.userVerification === 'required';
  // Where a policy is required nobody gets past it: what replaces the password in another app counts too. Elsewhere they are not asked.
  const replaced = replaceableBy(mfa.policy === 'required' ? apps : [{ preferences }]);
  const shownFirst = (first: MethodName): Shown => ({ ...unshown(first), replaceableBy: replaced });
  const lacking = methodsOf(preferences).filter((first) => !isWhole(first) && counted.every((second) => !isOtherFactor(shownFirst(first), unshown(second))));
  if (lacking.length === 0) return;
  const why = mfa.methods.some(isSecondCode) ? ' (a code by SMS or e-mail is another factor only on another channel, and a password is on that of each message that replaces it in any app)' : '';
  throw new Error(`createAuth: app "${id}" has mfa.policy "${mfa.policy}", but no method that is on and can be second to ${lacking.join(', ')}${why}: turn on totp()${lacking.includes('passkey') ? ", or have passkeys be both factors: passkey({ userVerification: 'required' })," : ' or passkey(),'} and name it in mfa.methods`);
}
