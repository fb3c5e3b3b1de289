import type { MethodName, SecondCodeName } from '@portico/contract';
import type { ContactKind } from '../model/contact.ts';
import type { LoginPreferences } from '../model/login-preferences.ts';
import type { User } from '../model/user.ts';

/** Whether a method is a code in a message. */
export function isSecondCode(method: MethodName): method is SecondCodeName {
  return method === 'sms-code' || method === 'email-code';
}

/** Whether what was shown is this code, come first: by mail its link is worth the same. */
export function isCodeOf(code: MethodName, shown: MethodName): boolean {
  return shown === code || (code === 'email-code' && shown === 'magic-link');
}

/** The codes by message that an app counts as second, and can send. */
export function countedCodes({ mfa, methods }: LoginPreferences): readonly SecondCodeName[] {
  return mfa.methods.filter(isSecondCode).filter((method) => methods[method].isOn);
}

/** Those of them that this user could get: at a number or an address that they have proved, for an unproved one may be anybody's. */
export function secondCodesOf(user: Pick<User, 'email' | 'phone'>, preferences: LoginPreferences): readonly SecondCodeName[] {
  return countedCodes(preferences).filter((method) => user[contactKindOf(method)]?.verifiedAt !== undefined);
}

/** The codes that this user could get and that the app does not count: what a counted one that came first goes with. */
export function uncountedCodesOf(user: Pick<User, 'email' | 'phone'>, { mfa, methods }: LoginPreferences): readonly SecondCodeName[] {
  const codes: readonly SecondCodeName[] = ['email-code', 'sms-code'];
  return codes.filter((method) => methods[method].isOn && !mfa.methods.includes(method) && user[contactKindOf(method)]?.verifiedAt !== undefined);
}

/** Where a code of this method goes. */
export function contactKindOf(method: SecondCodeName): ContactKind {
  return method === 'sms-code' ? 'phone' : 'email';
}
