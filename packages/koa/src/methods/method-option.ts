import type { LoginPreferences } from '../model/login-preferences.ts';

type Settings = LoginPreferences['methods'];

/** A method that the host switches on, with the settings that differ from the defaults. */
export type MethodOption = {
  readonly [Name in keyof Settings]: { readonly method: Name; readonly settings: Partial<Settings[Name]> };
}[keyof Settings];
