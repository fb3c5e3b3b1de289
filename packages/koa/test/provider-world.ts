/**
 * The providers of the world as their documentation has them, on a `fetch` that reaches nothing else: what is tested is
 * what we make of their ways, not their machines.
 */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { UpstreamFetch } from '../src/index.ts';

export interface Called {
  readonly url: URL;
  readonly form: URLSearchParams;
  readonly headers: Headers;
}

type Page = (called: Called) => unknown;

export interface ProviderWorld {
  readonly fetch: UpstreamFetch;
  readonly called: Called[];
  /** Answers of an address, in the place of the usual one. */
  readonly pages: Map<string, Page>;
  /** An ID token of this issuer. */
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Issuers with a discovery document: where it is, and what is in it. */
const issuers = [
  ['https://accounts.google.com', 'https://accounts.google.com'],
  ['https://appleid.apple.com', 'https://appleid.apple.com'],
  ['https://login.microsoftonline.com/common/v2.0', 'https://login.microsoftonline.com/{tenantid}/v2.0'],
  ['https://access.line.me', 'https://access.line.me'],
  ['https://www.linkedin.com/oauth', 'https://www.linkedin.com/oauth'],
] as const;

export async function createProviderWorld(): Promise<ProviderWorld> {
  const key = await generateKeyPair('RS256', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(key.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }] };
  const called: Called[] = [];
  const pages = new Map<string, Page>();
  for (const [at, issuer] of issuers) {
    const { origin } = new URL(at);
    pages.set(`${at}/.well-known/openid-configuration`, () => ({
      issuer, authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token`, jwks_uri: `${origin}/jwks`, userinfo_endpoint: `${origin}/userinfo`,
    }));
    pages.set(`${origin}/jwks`, () => jwks);
  }
  return {
    called,
    pages,
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' }).setIssuedAt().setExpirationTime('5m').sign(key.privateKey),
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const call = { url, form: new URLSearchParams(init?.body instanceof URLSearchParams ? init.body : ''), headers: new Headers(init?.headers) };
      called.push(call);
      const page = pages.get(`${url.origin}${url.pathname}`);
      return page === undefined ? new Response('nothing here', { status: 404 }) : Response.json(await page(call));
    },
  };
}
