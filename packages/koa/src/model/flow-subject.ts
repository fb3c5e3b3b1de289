import type { Flow } from './flow.ts';

type Named = Pick<Flow, 'username' | 'namedId'>;

/**
 * What a flow is about, as the limiter and the tallies of wrong answers know it: an address, a number, or a name. The last
 * has a mark before it that none of the others has: nobody counts on another's tally by a name they typed.
 */
export function subjectOf({ email, phone, ...named }: Pick<Flow, 'email' | 'phone'> & Named): string | undefined {
  return email ?? phone?.canonical ?? nameOf(named);
}

/** The name that a flow is about: it cannot be written to, and shows nothing of whose it is, or that it is anybody's. */
export function nameOf({ username, namedId }: Named): string | undefined {
  if (username !== undefined) return usernameSubject(username);
  return namedId === undefined ? undefined : idSubject(namedId);
}

/** The same of a username alone. */
export function usernameSubject(username: string): string {
  return `username:${username}`;
}

/** The same of the id of a user. */
export function idSubject(id: string): string {
  return `id:${id}`;
}

/** Where the codes of a flow go, if not to the user's own: those of a sign-in alone, for what is answered in a recovery sets a password. */
export function detourOf({ kind, detour }: Pick<Flow, 'kind' | 'detour'>): Flow['detour'] {
  return kind === 'sign-in' ? detour : undefined;
}

/** Whether the code that is waited for comes by SMS. */
export function isBySms({ phone, isBySms: isSms, ...flow }: Pick<Flow, 'phone' | 'isBySms' | 'kind' | 'detour'>): boolean {
  const detour = detourOf(flow);
  return detour === undefined ? phone !== undefined || isSms === true : detour.phone !== undefined;
}
