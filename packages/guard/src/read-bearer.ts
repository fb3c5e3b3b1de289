import type { IncomingMessage } from 'node:http';
import { TokenError } from './token-error.ts';

/** Far above a real token, far below what would cost us time. */
const maximumLength = 8192;

/** The scheme `Bearer`, whatever is wrong behind it; `Bearerish` is another. */
const scheme = /^bearer(?![^\s,])/i;

/** RFC 6750, section 2.1: after the scheme one space or more, and one `b64token`. */
const b64token = /^ *([A-Za-z0-9\-._~+/]+=*)$/;

/**
 * What a request brings behind `Bearer` and a space; whether it is a token at all, `parseToken` says. It is read from
 * the `Authorization` header and nowhere else: a query string ends in logs, a form body in CSRF (RFC 6750, section 2.3;
 * RFC 9700, section 4.3.2).
 *
 * @throws {TokenError} `token_missing` if there is no header or it is of another scheme; `request_malformed` if there
 * are several, or nothing that could be a token.
 */
export function readBearer(request: IncomingMessage): string {
  const header = authorizationOf(request);
  if (header === undefined || !scheme.test(header)) throw new TokenError('token_missing', 'no bearer token');
  if (header.length > maximumLength) throw new TokenError('request_malformed', 'token too long');
  if (header['Bearer'.length] !== ' ') throw malformed();
  return header.slice('Bearer '.length);
}

/**
 * The one token in what `readBearer` found.
 *
 * @throws {TokenError} `request_malformed` if it has another shape.
 */
export function parseToken(credentials: string): string {
  const token = b64token.exec(credentials)?.[1];
  if (token === undefined) throw malformed();
  return token;
}

/** Node keeps the first of several `Authorization` headers and drops the rest, so they are counted where they came in. */
function authorizationOf({ headers, rawHeaders }: IncomingMessage): string | undefined {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) if (isAuthorization(rawHeaders[index])) count += 1;
  if (count > 1) throw new TokenError('request_malformed', 'several Authorization headers');
  return headers.authorization;
}

/** Most names are ruled out by their length, and cost no copy in lower case. */
const isAuthorization = (name = ''): boolean => name.length === 'authorization'.length && name.toLowerCase() === 'authorization';

const malformed = (): TokenError => new TokenError('request_malformed', 'not a b64token');
