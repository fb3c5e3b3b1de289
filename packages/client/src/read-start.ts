import { flowKinds, type FieldFault, type FlowKind } from '@portico/contract';
import type { Context } from 'koa';
import { readReturnPath } from './return-path.ts';
import type { Settings } from './options.ts';

/** What a page asks when it starts a sign-in. */
export interface Start {
  /** A path on our own origin. */
  readonly returnTo: string;
  readonly kind: FlowKind;
  readonly loginHint: string | undefined;
  readonly uiLocales: string | undefined;
  /** What an API asked for (RFC 9470). Comes before the app's own options. */
  readonly acrValues: string | undefined;
  readonly maxAgeSeconds: number | undefined;
}

/** The body is not what it should be. */
export class BodyFault extends Error {
  readonly code: 'body_malformed' | 'body_too_large' | 'field_unknown' | 'field_invalid';
  readonly errors: readonly FieldFault[] | undefined;

  constructor(code: BodyFault['code'], path?: string) {
    super(code);
    this.name = 'BodyFault';
    this.code = code;
    this.errors = path === undefined ? undefined : [{ path, code }];
  }
}

const fields: readonly string[] = ['return_to', 'kind', 'login_hint', 'ui_locales', 'acr_values', 'max_age'];
const maximumBytes = 16 * 1024;
/** Of a hint: the longest e-mail address, and more than any list of languages. */
const maximumHint = 254;

/**
 * The body of `POST {loginPath}` (JSON or form), or the query of `GET`.
 *
 * @throws {BodyFault}
 */
export async function readStart(ctx: Context, { origin, paths }: Settings): Promise<Start> {
  const sent = ctx.method === 'GET' ? { ...ctx.query } : await readBody(ctx);
  const unknown = Object.keys(sent).find((name) => !fields.includes(name));
  // A link may carry what its sender's tools add (`utm_source`); a body is written for us alone.
  if (unknown !== undefined && ctx.method !== 'GET') throw new BodyFault('field_unknown', unknown);
  const forbidden = [paths.login, paths.logout, paths.callback];
  return {
    returnTo: readReturnPath(sent['return_to'], origin, forbidden) ?? paths.home,
    kind: readKind(sent['kind']),
    loginHint: readHint('login_hint', sent['login_hint']),
    uiLocales: readHint('ui_locales', sent['ui_locales']),
    acrValues: readHint('acr_values', sent['acr_values']),
    maxAgeSeconds: readSeconds('max_age', sent['max_age']),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function readKind(value: unknown): FlowKind {
  const kind = value === undefined ? 'sign-in' : flowKinds.find((one) => one === value);
  if (kind === undefined) throw new BodyFault('field_invalid', 'kind');
  return kind;
}

function readHint(name: string, value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined;
  // An issuer refuses control characters as if the app were at fault, and anybody can write them into an address.
  if (typeof value !== 'string' || value.length > maximumHint || /\p{Cc}/u.test(value)) throw new BodyFault('field_invalid', name);
  return value;
}

/** A whole number, as a number or as its digits. */
function readSeconds(name: string, value: unknown): number | undefined {
  if (value === undefined || value === '') return undefined;
  if (!/^\d{1,9}$/.test(String(value))) throw new BodyFault('field_invalid', name);
  return Number(value);
}

async function readBody(ctx: Context): Promise<Fields> {
  // A body parser of the app may have been here first.
  const parsed: unknown = Reflect.get(ctx.request, 'body');
  if (parsed !== undefined) return asFields(parsed);
  const text = await readText(ctx);
  if (text === '') return {};
  if (ctx.is('application/json') !== false) return asFields(parseJson(text));
  if (ctx.is('application/x-www-form-urlencoded') !== false) return readForm(text);
  throw new BodyFault('body_malformed');
}

async function readText(ctx: Context): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ctx.req) {
    const buffer = Buffer.from(chunk as Uint8Array);
    bytes += buffer.length;
    if (bytes > maximumBytes) throw new BodyFault('body_too_large');
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BodyFault('body_malformed');
  }
}

function readForm(text: string): Fields {
  const form = new URLSearchParams(text);
  const repeated = [...form.keys()].find((name) => form.getAll(name).length > 1);
  if (repeated !== undefined) throw new BodyFault('field_invalid', repeated);
  return Object.fromEntries(form);
}

function asFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BodyFault('body_malformed');
  return { ...value };
}
