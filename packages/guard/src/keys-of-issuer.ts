import type { JSONWebKeySet } from 'jose';
import type { KeySource } from './key-cache.ts';

interface IssuerAddress {
  /** Exactly as in the tokens. */
  readonly issuer: string;
  readonly dangerouslyAllowHttp: boolean;
  readonly fetch: typeof fetch;
}

const timeoutMs = 5_000;
const maximumBytes = 512 * 1024;

/**
 * Fetches the keys of an issuer: first its metadata (OpenID Connect Discovery 1.0, section 4; RFC 8414, section 3), then
 * the `jwks_uri` found there. The address depends on configuration alone, never on a token (RFC 9068, section 4).
 *
 * @throws if anything is not as it should be; the caller makes one answer of it, "unreachable".
 */
export function keysOfIssuer(address: IssuerAddress): KeySource {
  return async () => {
    const jwksUri = await findJwksUri(address);
    const keys = await fetchJson(jwksUri, address);
    if (!isKeySet(keys)) throw new Error('the answer of jwks_uri is not a key set');
    return keys;
  };
}

/**
 * Whether an address may be asked for keys. Over plain HTTP anybody on the way can give us theirs; on this machine's
 * loopback there is no way.
 */
export function isSafeAddress(address: string, dangerouslyAllowHttp: boolean): boolean {
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:') return true;
  return protocol === 'http:' && (dangerouslyAllowHttp || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}

async function findJwksUri(address: IssuerAddress): Promise<string> {
  const metadata = await firstMetadata(address);
  // Another issuer's metadata here means a mix-up or a proxy that answers for all (RFC 8414, section 3.3).
  if (member(metadata, 'issuer') !== address.issuer) throw new Error('the metadata names another issuer');
  const jwksUri = member(metadata, 'jwks_uri');
  if (typeof jwksUri !== 'string') throw new Error('the metadata has no jwks_uri');
  return jwksUri;
}

async function firstMetadata(address: IssuerAddress): Promise<unknown> {
  const [openid, oauth] = metadataUrls(address.issuer);
  try {
    return await fetchJson(openid, address);
  } catch (cause) {
    if (!(cause instanceof StatusFault)) throw cause;
    return fetchJson(oauth, address);
  }
}

function metadataUrls(issuer: string): readonly [string, string] {
  const base = issuer.replace(/\/$/, '');
  const { origin, pathname } = new URL(base);
  const path = pathname === '/' ? '' : pathname;
  return [`${base}/.well-known/openid-configuration`, `${origin}/.well-known/oauth-authorization-server${path}`];
}

class StatusFault extends Error {}

async function fetchJson(url: string, { fetch, dangerouslyAllowHttp }: IssuerAddress): Promise<unknown> {
  if (!isSafeAddress(url, dangerouslyAllowHttp)) throw new Error('the address is not https');
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new StatusFault(`status ${response.status}`);
  }
  return JSON.parse(await readText(response)) as unknown;
}

/** Stops at the limit, whatever the answer said of its length. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maximumBytes) throw new Error('the answer is too long');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  return Array.isArray(member(value, 'keys'));
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
