import type { Client } from '../model/app.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { readParameters, type Parameters, type Part } from './parameters.ts';

/**
 * Each resource is one that the client is registered for, character for character (RFC 8707, section 2). None asked
 * for is none granted: the access token is then for ourselves, never for all.
 */
export function checkResource(parameters: Parameters, client: Client): Part<'resources'> {
  const resources = [...new Set(readParameters(parameters, 'resource'))];
  for (const resource of resources) {
    if (client.resources.some(({ uri }) => uri === resource)) continue;
    throw new OAuthError('invalid_target', 'resource is not one that this client is registered for');
  }
  return { resources };
}
