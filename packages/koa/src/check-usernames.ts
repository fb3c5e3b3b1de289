import type { LoginPreferences } from './model/login-preferences.ts';
import { identifiersOf } from './preferences/identifiers-of.ts';

/** Usernames that nobody could type, or choose, are a slip of the host's. @throws {Error} */
export function checkUsernames(appId: string, preferences: LoginPreferences): void {
  const { username, methods } = preferences;
  if (username.isOn && !identifiersOf(preferences).includes('username')) {
    throw new Error(`createAuth: app "${appId}" has usernames on, but no first field to type one into: turn on emailCode(), magicLink() or smsCode()`);
  }
  if (username.atSignUp === 'no' || (username.isOn && methods.password.isOn)) return;
  throw new Error(`createAuth: app "${appId}" has username.atSignUp "${username.atSignUp}", but ${username.isOn ? 'no password(), with which one is chosen' : 'username.isOn is not true'}`);
}
