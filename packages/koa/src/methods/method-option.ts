import type { LoginPreferences } from '../model/login-preferences.ts';
import type { HashingOptions } from './password/hashing-options.ts';

type Settings = LoginPreferences['methods'];

/** A method that the host switches on, with the settings that differ from the defaults. */
export type MethodOption = {
  readonly [Name in keyof Settings]: {
    readonly method: Name;
    readonly settings: Partial<Settings[Name]>;
    /** What is the service's, not an app's: only passwords have something of that kind. */
    readonly hashing?: Name extends 'password' ? HashingOptions : never;
  };
}[keyof Settings];
