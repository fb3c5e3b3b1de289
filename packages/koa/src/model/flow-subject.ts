import type { Flow } from './flow.ts';

/**
 * What a flow is about, as the limiter and the tallies of wrong answers know it: an address, a number or a username. The last
 * has a mark before it that none of the others has, and no id either: nobody counts on another's tally by a name they typed.
 */
export function subjectOf({ email, phone, username }: Pick<Flow, 'email' | 'phone' | 'username'>): string | undefined {
  return email ?? phone?.canonical ?? (username === undefined ? undefined : usernameSubject(username));
}

/** The same of a username alone. */
export function usernameSubject(username: string): string {
  return `username:${username}`;
}

/** Whether the code that is waited for comes by SMS. */
export function isBySms({ phone, isBySms: isSms }: Pick<Flow, 'phone' | 'isBySms'>): boolean {
  return phone !== undefined || isSms === true;
}
