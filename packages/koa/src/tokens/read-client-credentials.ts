import type { ClientAuthentication } from '../model/app.ts';
import { OAuthError } from '../model/oauth-error.ts';

/** Who a request says it is, and how it wants to show it. */
export interface ClientCredentials {
  readonly method: ClientAuthentication;
  readonly clientId: string;
  readonly secret?: string;
}

/** As it came: the header `Authorization`, and the form, in which nothing comes twice. */
export interface ClientRequest {
  readonly authorizationHeader?: string | undefined;
  readonly form: Readonly<Record<string, string | undefined>>;
}

/**
 * Finds the one method by which a client authenticates (RFC 6749, section 2.3).
 *
 * @throws {OAuthError} `invalid_request` for two methods at once, `invalid_client` for none or an unreadable one.
 */
export function readClientCredentials({ authorizationHeader, form }: ClientRequest): ClientCredentials {
  const clientId = form['client_id'];
  const secret = form['client_secret'];
  if (authorizationHeader !== undefined) {
    if (secret !== undefined) throw new OAuthError('invalid_request', 'the client authenticates in more than one way');
    const credentials = parseBasic(authorizationHeader);
    if (clientId !== undefined && clientId !== credentials.clientId) throw new OAuthError('invalid_request', 'two different clients are named');
    return credentials;
  }
  if (clientId === undefined) throw new OAuthError('invalid_client', 'client authentication is missing');
  return secret === undefined ? { method: 'none', clientId } : { method: 'client_secret_post', clientId, secret };
}

function parseBasic(header: string): ClientCredentials {
  const encoded = /^basic +(?<encoded>[A-Za-z0-9+/]+={0,2})$/iu.exec(header)?.groups?.['encoded'];
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw new OAuthError('invalid_client', 'the Authorization header is not of the scheme Basic');
  return { method: 'client_secret_basic', clientId: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1)) };
}

/** Both parts are form-encoded before they are joined (RFC 6749, section 2.3.1). */
function decode(part: string): string {
  const text = decoded(part);
  // No name of ours has one, and PostgreSQL takes none.
  if (text.includes('\0')) throw new OAuthError('invalid_client', 'the Authorization header has a NUL character');
  return text;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch (cause) {
    throw new OAuthError('invalid_client', 'the Authorization header is not form-encoded', { cause });
  }
}
