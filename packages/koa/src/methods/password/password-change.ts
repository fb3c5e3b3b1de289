import type { PasswordChange } from '@portico/contract';
import type { PasswordPreferences } from '../../model/login-preferences.ts';
import type { Password } from '../../model/password.ts';

const dayMs = 86_400_000;

/** Whether a right password has to be replaced before it signs its owner in, and why. What somebody said goes before its age. */
export function passwordChangeOf({ mustChange, setAt }: Password, { maxAgeDays }: PasswordPreferences, now: Date): PasswordChange | undefined {
  if (mustChange !== undefined) return mustChange;
  return maxAgeDays !== false && now.getTime() - setAt.getTime() >= maxAgeDays * dayMs ? 'expired' : undefined;
}
