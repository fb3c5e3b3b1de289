/** Where a step-up begins and ends. */
export interface StepUpPage {
  /** The page to come back to: a path on the app's own origin. */
  readonly returnTo: string;
  /** Where `signIn` has its login. @default '/login' */
  readonly loginPath?: string;
}

/** One parameter of a challenge, its value quoted or not (RFC 9110, section 11.2). */
const parameter = /(?:^|[\s,])([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

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
  const found = new Map([...bearerOf(challenge ?? '').matchAll(parameter)].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '']));
  if (found.get('error') !== 'insufficient_user_authentication') return undefined;
  const query = new URLSearchParams();
  for (const name of ['acr_values', 'max_age']) {
    const value = found.get(name);
    if (value !== undefined && value !== '') query.set(name, value);
  }
  query.set('return_to', returnTo);
  return `${loginPath}?${query.toString()}`;
}

/** Behind other schemes' challenges in one header, the one that is ours. */
function bearerOf(challenge: string): string {
  const found = /(?:^|,)\s*Bearer\s+(.*)$/is.exec(challenge);
  return found?.[1] ?? '';
}
