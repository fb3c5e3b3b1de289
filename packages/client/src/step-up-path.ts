import { readStepUpChallenge } from '@portico/contract';

/** Where a step-up begins and ends. */
export interface StepUpPage {
  /** The page to come back to: a path on the app's own origin. */
  readonly returnTo: string;
  /** Where `signIn` has its login. @default '/login' */
  readonly loginPath?: string;
}

/**
 * Turns an API's `WWW-Authenticate` into the address that steps up and comes back (RFC 9470, section 4); `undefined` if
 * it asks for none. For links and redirects: where `mayStartOnGet` is off, send its query as the body of a POST.
 *
 * @example
 * ```ts
 * const path = stepUpPath(response.headers.get('WWW-Authenticate'), { returnTo: ctx.url });
 * if (response.status === 401 && path !== undefined) ctx.redirect(path);
 * ```
 */
export function stepUpPath(challenge: string | null | undefined, { returnTo, loginPath = '/login' }: StepUpPage): string | undefined {
  const asked = readStepUpChallenge(challenge ?? '');
  if (asked === undefined) return undefined;
  // Whoever is signed in is asked for what is missing, and does not name themselves again; another issuer passes it over.
  const query = new URLSearchParams({ kind: 'step-up' });
  if (asked.acrValues !== undefined) query.set('acr_values', asked.acrValues);
  if (asked.maxAge !== undefined) query.set('max_age', asked.maxAge);
  query.set('return_to', returnTo);
  return `${loginPath}?${query.toString()}`;
}
