import type { IncomingMessage } from 'node:http';
import { TokenError } from './token-error.ts';

/** Far above a real token, far below what would cost us time. */
const maximumLength = 8192;

/** RFC 6750, section 2.1: one scheme, spaces, one `b64token`. */
const bearer = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * The bearer token of a request. It is read from the `Authorization` header and nowhere else: a query string ends in
 * logs, a form body in CSRF (RFC 6750, section 2.3; RFC 9700, section 4.3.2).
 *
 * @throws {TokenError} `token_missing` if there is no header or it is of another scheme; `request_malformed` if there
 * are several, or the value has another shape.
 */
export function readBearer(request: IncomingMessage): string {
  const header = authorizationOf(request);
  if (header === undefined || !/^bearer(?![^\s,])/i.test(header)) throw new TokenError('token_missing', 'no bearer token');
  if (header.length > maximumLength) throw new TokenError('request_malformed', 'token too long');
  const token = bearer.exec(header)?.[1];
  if (token === undefined) throw new TokenError('request_malformed', 'not a b64token');
  return token;
}

/** Node keeps the first of several `Authorization` headers and drops the rest, so they are counted where they came in. */
function authorizationOf({ headers, rawHeaders }: IncomingMessage): string | undefined {
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  const count = names.filter((name) => name.toLowerCase() === 'authorization').length;
  if (count > 1) throw new TokenError('request_malformed', 'several Authorization headers');
  return headers.authorization;
}
