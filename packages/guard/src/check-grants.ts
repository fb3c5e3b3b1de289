import type { Auth } from './auth.ts';
import { TokenError } from './token-error.ts';

/** What a route asks of whoever calls it. Every entry must be there; compared letter by letter. */
export interface GrantRequirements {
  readonly scopes?: readonly string[];
  readonly roles?: readonly string[];
  readonly permissions?: readonly string[];
}

/**
 * Whether the token allows enough for this route.
 *
 * @throws {TokenError} `grant_insufficient`, answered with 403 `insufficient_scope` (RFC 6750, section 3.1).
 */
export function checkGrants(auth: Auth, { scopes = [], roles = [], permissions = [] }: GrantRequirements): void {
  const lacking = [
    ...missing('scope', scopes, auth.scopes),
    ...missing('role', roles, auth.roles),
    ...missing('permission', permissions, auth.permissions),
  ];
  if (lacking.length > 0) throw new TokenError('grant_insufficient', `lacks ${lacking.join(', ')}`, { scopes });
}

function missing(kind: string, wanted: readonly string[], held: readonly string[]): readonly string[] {
  return wanted.filter((word) => !held.includes(word)).map((word) => `${kind} ${word}`);
}
