import { codeTally, findLock, talliedContact, tallyOf, type AnswerLock } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import { secondFactorLock } from '../second-factor-lock.ts';
import { addressOf } from './address-of.ts';
import type { EmailDeps } from './email-deps.ts';

/** Whose lock it is. */
export type LockContext = Pick<MethodContext, 'app' | 'flow' | 'user' | 'asksSecond' | 'detour'>;

/** The tally of wrong codes: of an address in an app, whatever flow they came in. Beside the first factor it is the one of all second factors. */
export function codeLock(context: LockContext, { vault }: Pick<EmailDeps, 'vault'>): AnswerLock {
  if (context.asksSecond === true && context.user !== undefined) return secondFactorLock({ ...context, user: context.user }, { vault });
  const { lockoutTiers } = context.app.preferences.methods['email-code'];
  const address = talliedContact(context, addressOf(context));
  return { key: codeTally({ method: 'email-code', appId: context.app.id, contact: address }, vault, tallyOf(address, context.flow)), tiers: lockoutTiers };
}

/** Until when no code of this address is judged; nothing if it is not locked. Links still work: they cannot be guessed. */
export function findCodeLock(context: LockContext, deps: EmailDeps): Promise<Date | undefined> {
  return findLock(codeLock(context, deps), deps);
}
