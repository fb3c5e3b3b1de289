import type { Context } from 'koa';
import rawBody from 'raw-body';
import { AuthError } from '../../model/auth-error.ts';
import { OAuthError } from '../../model/oauth-error.ts';

const limit = '64kb';

async function readText(ctx: Context): Promise<string> {
  const { rawBody: alreadyRead } = ctx.request as { rawBody?: unknown };
  // A body parser of the host was here before us, and the stream is empty: `koa-bodyparser` keeps the text.
  if (typeof alreadyRead === 'string') return alreadyRead;
  try {
    return await rawBody(ctx.req, { limit, length: ctx.get('Content-Length') || null, encoding: 'utf8' });
  } catch (cause) {
    const isTooLarge = cause instanceof Error && 'type' in cause && cause.type === 'entity.too.large';
    throw new AuthError(isTooLarge ? 'body_too_large' : 'body_malformed', { cause });
  }
}

/**
 * A JSON body, as it came. Only `application/json` is read: a cross-site form cannot send it without asking first.
 *
 * @throws {AuthError} `body_malformed`, `body_too_large`
 */
export async function readJson(ctx: Context): Promise<unknown> {
  if (ctx.is('application/json') === false) throw new AuthError('body_malformed');
  const text = await readText(ctx);
  return text === '' ? {} : parseJson(text);
}

/** JSON in a text that came from outside. @throws {AuthError} `body_malformed`, or the field with a NUL character */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, withoutNul);
  } catch (cause) {
    if (cause instanceof AuthError) throw cause;
    throw new AuthError('body_malformed', { cause });
  }
}

/** Nothing that a person or a client means has a NUL character, and PostgreSQL takes none: it goes no further than here. */
function withoutNul(name: string, value: unknown): unknown {
  const isIn = (text: unknown): boolean => typeof text === 'string' && text.includes('\0');
  if (isIn(name)) throw new AuthError('field_unknown', { fields: [{ path: '', code: 'field_unknown' }] });
  if (isIn(value)) throw new AuthError('field_invalid', { fields: [{ path: name, code: 'field_invalid' }] });
  return value;
}

/** Parameters by name; one that was repeated is a list, for its reader to allow or refuse. */
export type Parameters = Readonly<Record<string, string | readonly string[]>>;

/** @throws {OAuthError} `invalid_request` for a NUL character: it stands for nothing, and PostgreSQL takes none. */
function parametersOf(query: URLSearchParams): Parameters {
  const named = new Map<string, string | readonly string[]>();
  for (const [name, value] of query) {
    if (name.includes('\0') || value.includes('\0')) throw new OAuthError('invalid_request', 'a parameter has a NUL character');
    const before = named.get(name);
    named.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(named);
}

/** The parameters of the address. Read from its text alone: `ctx.URL` needs a `Host` header that makes sense. */
export function readQuery(ctx: Context): Parameters {
  return parametersOf(new URLSearchParams(ctx.querystring));
}

/**
 * A form-encoded body (RFC 6749, appendix B), as every OAuth endpoint takes it.
 *
 * @throws {OAuthError} `invalid_request` for another content type.
 */
export async function readForm(ctx: Context): Promise<Parameters> {
  if (ctx.is('application/x-www-form-urlencoded') === false) {
    throw new OAuthError('invalid_request', 'send application/x-www-form-urlencoded');
  }
  return parametersOf(new URLSearchParams(await readText(ctx)));
}

/** A parameter that may be there once. An empty value counts as missing (RFC 6749, section 3.1). */
export function single(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  if (Array.isArray(value)) throw new OAuthError('invalid_request', `${name} is repeated`);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The parameters of which there must be one each: `resource` alone may be repeated (RFC 8707, section 2). */
export function singles(parameters: Parameters): Readonly<Record<string, string | undefined>> {
  const names = Object.keys(parameters).filter((name) => name !== 'resource');
  return Object.fromEntries(names.map((name) => [name, single(parameters, name)]));
}
