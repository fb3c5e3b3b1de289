import type { Outbox } from '../delivery/outbox.ts';
import type { SmsCodeMethod } from '../methods/sms-code/sms-code.method.ts';
import type { TellBySms } from '../methods/tell-owner.ts';
import type { App, Client } from '../model/app.ts';
import type { Origin } from '../model/flow.ts';
import type { Session } from '../model/session.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';

/** What contacts are given at start-up. */
export interface ContactDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly random: Random;
  readonly clock: Clock;
  readonly outbox: Outbox;
  /** Where links lead: from configuration, never from a request. */
  readonly issuer: string;
  readonly spendSms: SmsCodeMethod['spendSend'];
  readonly tellBySms: TellBySms;
}

/** Who asks, on whose page, and from where. */
export interface Asker {
  readonly session: Session;
  readonly app: App;
  readonly client: Client;
  readonly origin: Origin;
  readonly language: string;
}
