import { recoveryMessages, type RecoveryMessage } from '@portico/contract';
import type { App } from './app.ts';
import type { LoginPreferences } from './login-preferences.ts';

/** The messages by which a forgotten password can be replaced in an app. */
export function replacesPassword(message: RecoveryMessage, { methods, recovery }: LoginPreferences): boolean {
  const isSent = message === 'sms' ? methods['sms-code'].isOn : methods['email-code'].isOn || methods['magic-link'].isOn;
  return methods.password.isOn && isSent && recovery.by.includes(message);
}

/** The same in any of these apps: a user has one password in all of them, so that what replaces it in one does in all. */
export function replaceableBy(apps: readonly Pick<App, 'preferences'>[]): readonly RecoveryMessage[] {
  return recoveryMessages.filter((message) => apps.some(({ preferences }) => replacesPassword(message, preferences)));
}
