/**
 * Every request to a provider.
 *
 * Owns: that none waits for ever, follows a redirect or reads without end; that an error is one whatever its status.
 * Does not own: what is asked and what the answers mean.
 */
import type { CustomFetch } from 'openid-client';
import type { UpstreamFetch } from './provider.ts';
import { ProviderRefusal, raise, refusalNamed } from './refusal.ts';

export const upstreamSeconds = 5;
/** Discovery documents, keys and profiles are a few kilobytes. */
const mostBytes = 256 * 1_024;

/** A request as openid-client makes it. */
export type Call = (url: string, init: Parameters<CustomFetch>[1]) => Promise<Response>;

/** The host's `fetch`, held to the rules above. */
export function createUpstreamCall(underlying: UpstreamFetch): Call {
  return async (url, init) => {
    const { body = null, signal = AbortSignal.timeout(upstreamSeconds * 1_000), ...rest } = init;
    const response = await underlying(url, { ...rest, body: body as NonNullable<RequestInit['body']> | null, signal, redirect: 'manual' }).catch((cause: unknown) => unreachable('network', cause));
    if (response.status >= 500 || response.status === 429) throw new ProviderRefusal('provider_unreachable', `status_${response.status}`);
    const text = await readAll(response).catch((cause: unknown) => (cause instanceof ProviderRefusal ? raise(cause) : unreachable('network', cause)));
    return answerOf(response, init.method === 'POST' ? refusedIn(text) : undefined, text);
  };
}

const unreachable = (reason: string, cause: unknown): never => raise(new ProviderRefusal('provider_unreachable', reason, { cause }));

async function readAll({ body }: Response): Promise<string> {
  if (body === null) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > mostBytes) throw new ProviderRefusal('provider_answer_invalid', 'too_large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/**
 * GitHub and TikTok say 200 where the code was refused, Facebook's error is an object: the body's `error` is what counts, and
 * it is a word (RFC 6749, section 5.2). A header beside it says less.
 */
function answerOf({ status, headers }: Response, refused: string | undefined, text: string): Response {
  if (refused !== undefined) return Response.json({ error: refused }, { status: status === 200 ? 400 : status });
  return new Response(text === '' ? null : text, { status: status === 204 ? 200 : status, headers });
}

function refusedIn(text: string): string | undefined {
  const body = parseJson(text);
  return typeof body === 'object' && body !== null && !('access_token' in body) ? errorIn(body) : undefined;
}

/**
 * The same of a provider that is known by its endpoints alone: with no keys to check an ID token by, it is a member that is not
 * recognised, and left out (RFC 6749, section 5.1). Who came is read from the profile.
 */
export function withoutIdTokens(call: Call): Call {
  return async (url, init) => {
    const response = await call(url, init);
    const body = parseJson(await response.clone().text());
    if (typeof body !== 'object' || body === null || !('id_token' in body)) return response;
    const { id_token: _unverified, ...known } = body;
    return Response.json(known, { status: response.status, headers: response.headers });
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error that a body names, in each of the shapes that providers have. TikTok writes "ok" where there is none. */
function errorIn(body: object): string | undefined {
  const error: unknown = Reflect.get(body, 'error');
  if (error === undefined || error === null || error === false || error === '') return undefined;
  if (typeof error !== 'object') return String(error);
  const code: unknown = Reflect.get(error, 'code');
  if (code === 'ok' || code === 0) return undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : 'unnamed';
}

/** An address of a provider's own, with its access token. What it says in JSON; an error that it calls a success is none. */
export async function readUpstream(url: string, accessToken: string, call: Call): Promise<unknown> {
  const headers = { 'Accept': 'application/json', 'Authorization': `Bearer ${accessToken}`, 'User-Agent': 'portico' };
  const response = await call(url, { method: 'GET', headers, body: undefined, redirect: 'manual' });
  const body = parseJson(await response.text());
  const named = typeof body === 'object' && body !== null ? errorIn(body) : undefined;
  if (named !== undefined) throw refusalNamed(named);
  if (response.status !== 200) throw new ProviderRefusal('provider_failed', `status_${response.status}`);
  if (typeof body !== 'object' || body === null) throw new ProviderRefusal('provider_answer_invalid', 'no_json');
  return body;
}
