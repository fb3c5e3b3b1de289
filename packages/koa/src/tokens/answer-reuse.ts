import type { Grant, RefreshToken } from '../model/grant.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { Narrowed } from './narrow-grant.ts';
import { revokeGrant } from './revoke-grant.ts';
import { openSuccessor } from './sealed-successor.ts';
import type { TokenDeps } from './token-deps.ts';

/** Two tabs, or an answer that was lost on the way, come within seconds. */
const graceSeconds = 10;

/**
 * What a refresh token that was spent before still gives. Its client may not have got the answer, so within the grace
 * the direct parent of an unspent token gets that same token again: never another one, or a family would fork and a
 * thief's branch would go unseen.
 *
 * @throws {OAuthError} `invalid_grant` in every other case, after the whole family was ended: two parties hold the token
 * and we cannot tell which is the thief (RFC 9700, section 4.14.2).
 */
export async function answerReuse(
  token: RefreshToken,
  { grant, narrowed }: { readonly grant: Grant; readonly narrowed: Narrowed },
  deps: TokenDeps,
): Promise<string> {
  // Not spent, and yet not rotated: its grant was revoked at this very moment.
  if (token.spentAt === undefined) throw refused();
  const secret = await findAgain(token, narrowed, deps);
  if (secret !== undefined) return secret;
  await revokeGrant(grant, 'refresh_token_reused', deps);
  throw refused();
}

async function findAgain(token: RefreshToken, narrowed: Narrowed, { store, vault, clock }: TokenDeps): Promise<string | undefined> {
  const { spentAt, successor, clientId } = token;
  if (spentAt === undefined || successor === undefined) return undefined;
  if (clock.now().getTime() - spentAt.getTime() > graceSeconds * 1_000) return undefined;
  // What was revoked since it was looked at stays so.
  if ((await store.grants.find(token.grantId))?.revokedAt !== undefined) return undefined;
  const child = await store.refreshTokens.find(successor.digest, clientId);
  if (child === undefined || child.spentAt !== undefined) return undefined;
  const first = openSuccessor(token, successor.sealed, vault);
  return isSame(first.scopes, narrowed.scopes) && isSame(first.resources, narrowed.resources) ? first.secret : undefined;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word) => other.includes(word));
}

function refused(): OAuthError {
  return new OAuthError('invalid_grant', 'the refresh token was used before');
}
