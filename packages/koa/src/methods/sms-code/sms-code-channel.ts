import type { MethodContext } from '../method.ts';
import type { CodeChannel } from '../one-time-code.ts';
import { provenBy } from '../proven-by.ts';
import { numberOf } from './number-of.ts';
import { endSmsPause } from './sms-budgets.ts';
import type { SmsDeps } from './sms-deps.ts';
import { smsLock } from './sms-lock.ts';

/** How a code travels by SMS: what it is bound to, and what ends with it. */
export function smsCodeChannel(context: MethodContext, deps: Pick<SmsDeps, 'vault' | 'clock'>): CodeChannel {
  const { canonical } = numberOf(context);
  return {
    method: 'sms-code',
    sentTo: canonical,
    codeLength: context.app.preferences.methods['sms-code'].codeLength,
    lock: smsLock(context, deps),
    isFor: ({ phone }) => phone === canonical,
    settle: async (store) => {
      await endSmsPause(context, { ...deps, store });
      await context.adds?.settle(store);
    },
    // RFC 8176, section 2: a one-time password, confirmed by SMS to a number that is registered, which another is not.
    proof: { amr: context.detour === undefined ? ['otp', 'sms'] : ['otp'], ...provenBy(context, { phone: canonical }) },
  };
}
