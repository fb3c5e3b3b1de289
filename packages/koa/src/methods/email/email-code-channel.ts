import type { Store } from '../../ports/store.ts';
import type { MethodContext } from '../method.ts';
import type { CodeChannel } from '../one-time-code.ts';
import { provenBy } from '../proven-by.ts';
import { purposeOf } from '../purpose-of.ts';
import { addressOf } from './address-of.ts';
import { codeLock } from './code-lock.ts';
import type { EmailDeps } from './email-deps.ts';
import { endMailPause } from './mail-pace.ts';

/** How a code travels by mail: what it is bound to, and what ends with it. */
export function emailCodeChannel(context: MethodContext, deps: Pick<EmailDeps, 'vault' | 'clock'>): CodeChannel {
  const address = addressOf(context);
  return {
    method: 'email-code',
    sentTo: address,
    codeLength: context.app.preferences.methods['email-code'].codeLength,
    lock: codeLock(context, deps),
    isFor: ({ email }) => email === address,
    settle: async (store, now) => {
      await endLink(context, store, now);
      await endMailPause(context, { ...deps, store });
      await context.adds?.settle(store);
    },
    // Nothing says that the mailbox is the person's.
    proof: { amr: context.detour === undefined ? ['email', 'otp'] : ['otp'], ...provenBy(context, { email: address }) },
  };
}

/** The mail was used, and its link says so: otherwise it would send its visitor to a newer mail that there is not. */
async function endLink(context: MethodContext, store: Store, now: Date): Promise<void> {
  const { id, challenges } = context.flow;
  const linkId = challenges['magic-link'];
  const link = linkId === undefined ? undefined : await store.challenges.find(linkId);
  if (link !== undefined) await store.challenges.claim(link.id, link.secretDigest, now);
  await store.challenges.replace(id, ['magic-link'], purposeOf(context));
}
