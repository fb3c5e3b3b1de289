import type { Outbox } from '../../delivery/outbox.ts';
import type { CanonicalPhone } from '../../model/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { Vault } from '../../ports/vault.ts';
import { noticeMs, type TellBySms } from '../tell-owner.ts';
import { spendNotice } from './sms-budgets.ts';

interface Deps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly countryOf: (phone: CanonicalPhone) => string;
}

/** Notices to those who have a number alone. One over the budget is left out: the audit trail has a line of it. */
export function createSmsNotice({ countryOf, outbox, ...deps }: Deps): TellBySms {
  return async (sms, { app, flow }, transaction) => {
    const store = transaction ?? deps.store;
    const phone = { canonical: sms.to, country: countryOf(sms.to) };
    if (!(await spendNotice({ app, flow: { origin: flow.origin, phone } }, { ...deps, store }))) return;
    await outbox.queueSms(sms, { expiresAt: new Date(deps.clock.now().getTime() + noticeMs) }, transaction);
  };
}
