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
export function checkGrants(auth: Auth, wanted: GrantRequirements): void {
  // Nearly every request lacks nothing, and then no list is made.
  if (holds(auth.scopes, wanted.scopes) && holds(auth.roles, wanted.roles) && holds(auth.permissions, wanted.permissions)) return;
  const { scopes = [], roles = [], permissions = [] } = wanted;
  const lacking = [
    ...missing('scope', scopes, auth.scopes),
    ...missing('role', roles, auth.roles),
    ...missing('permission', permissions, auth.permissions),
  ];
  throw new TokenError('grant_insufficient', `lacks ${lacking.join(', ')}`, { scopes });
}

function holds(held: readonly string[], wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.every((word) => held.includes(word));
}

function missing(kind: string, wanted: readonly string[], held: readonly string[]): readonly string[] {
  return wanted.filter((word) => !held.includes(word)).map((word) => `${kind} ${word}`);
}
