import type { LoginPreferences } from '../model/login-preferences.ts';
import type { BreachRange } from '../ports/breach-range.ts';
import type { HashingOptions } from './password/hashing-options.ts';
import type { Upstreams } from './social/provider.ts';

type Settings = LoginPreferences['methods'];

/** A method that the host switches on, with the settings that differ from the defaults. */
export type MethodOption = {
  readonly [Name in keyof Settings]: {
    readonly method: Name;
    readonly settings: Partial<Settings[Name]>;
    /** What is the service's, not an app's: passwords and providers have something of that kind. */
    readonly hashing?: Name extends 'password' ? HashingOptions : never;
    readonly breachRange?: Name extends 'password' ? BreachRange : never;
    readonly upstreams?: Name extends 'social' ? Upstreams : never;
  };
}[keyof Settings];
