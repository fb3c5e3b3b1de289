import type { RecoveryCodeMethod } from '../methods/recovery-code/recovery-code.method.ts';
import type { SocialMethod } from '../methods/social/social.method.ts';
import type { TellDeps } from '../methods/tell-owner.ts';
import type { TotpMethod } from '../methods/totp/totp.method.ts';
import type { App } from '../model/app.ts';
import type { Origin } from '../model/flow.ts';
import type { Session } from '../model/session.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';

/** What ways in are given at start-up. */
export interface WaysInDeps extends TellDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly social: SocialMethod;
  readonly recoveryCode: RecoveryCodeMethod;
  readonly totp: TotpMethod;
}

/** Who asks, and from where. The app's name is on what they are told. */
export interface Owner {
  readonly session: Session;
  readonly app: App;
  readonly origin: Origin;
  readonly language: string;
}
