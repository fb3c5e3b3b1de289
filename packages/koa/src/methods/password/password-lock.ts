import { tallyOf, type AnswerLock } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import type { PasswordDeps } from './password-deps.ts';

/**
 * The tally of wrong passwords: of an address or a number, whatever flow or app they came in, for the password is the same in all of
 * them. A stranger's address has one just the same.
 */
export function passwordLock({ app, flow }: Pick<MethodContext, 'app' | 'flow'>, { vault }: Pick<PasswordDeps, 'vault'>): AnswerLock {
  const asked = flow.email ?? flow.phone?.canonical;
  if (asked === undefined) throw new Error('A password was asked for without an identifier.');
  return { key: vault.keyedDigest('limit', asked, ['password', ...tallyOf(asked, flow)]), tiers: app.preferences.methods.password.lockoutTiers };
}
