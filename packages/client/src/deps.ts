import type { Attempts } from './attempts.ts';
import type { Issuer } from './issuer.ts';
import type { Settings } from './options.ts';
import type { Refresher } from './refresh-session.ts';
import type { SessionKeeper } from './session-keeper.ts';

/** What the routes are given. `sign-in.ts` puts it together. */
export interface SignInDeps {
  readonly settings: Settings;
  readonly issuer: Issuer;
  readonly attempts: Attempts;
  readonly keeper: SessionKeeper;
  readonly refresher: Refresher;
}
