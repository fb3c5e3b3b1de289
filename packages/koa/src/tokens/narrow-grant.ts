import type { Client } from '../model/app.ts';
import type { Grant } from '../model/grant.ts';
import { OAuthError } from '../model/oauth-error.ts';

/** What a token request may ask of a grant: less than it holds, never more. */
export interface Narrowing {
  readonly scope?: string | undefined;
  readonly resources?: readonly string[] | undefined;
}

export interface Narrowed {
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
}

/**
 * The part of a grant that these tokens are for. The grant itself stays as it is (RFC 6749, section 6; RFC 8707, section
 * 2.2). What the client is no longer registered for is gone from its grants too.
 *
 * @throws {OAuthError} `invalid_scope` or `invalid_target` if more is asked for than was granted.
 */
export function narrowGrant(grant: Grant, client: Client, { scope, resources }: Narrowing): Narrowed {
  return { scopes: narrowScopes(grant, client, scope), resources: narrowResources(grant, client, resources) };
}

function narrowScopes(grant: Grant, client: Client, scope: string | undefined): readonly string[] {
  const granted = grant.scopes.filter((word) => client.scopes.includes(word));
  const asked = [...new Set((scope ?? '').split(' '))].filter((word) => word !== '');
  if (asked.some((word) => !granted.includes(word))) throw new OAuthError('invalid_scope', 'scope asks for more than was granted');
  const scopes = asked.length === 0 ? granted : asked;
  if (scopes.length === 0) throw new OAuthError('invalid_scope', 'nothing is left of the scope that was granted');
  return scopes;
}

function narrowResources(grant: Grant, client: Client, asked: readonly string[] = []): readonly string[] {
  const isRegistered = (resource: string): boolean => client.resources.some(({ uri }) => uri === resource);
  const resources = asked.length === 0 ? grant.resources : [...new Set(asked)];
  if (resources.every((resource) => grant.resources.includes(resource) && isRegistered(resource))) return resources;
  throw new OAuthError('invalid_target', 'resource is not one that was granted');
}
