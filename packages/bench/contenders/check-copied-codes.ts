/**
 * That a copied code of oidc-provider is as good as one that a browser fetched, and no better: the same is in the store,
 * its exchange asks the store for the same, and the answer is the same, in everything but what is random and the hour.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Adapter, default as Provider } from 'oidc-provider';
import { createHttpClient, type HttpClient } from '../load/http-client.ts';
import { copyCode } from '../servers/oidc-provider/copy-code.ts';
import { createProvider, withInteraction } from '../servers/oidc-provider/create-provider.ts';
import type { ProviderStore } from '../servers/oidc-provider/provider-store.ts';
import { askForTokens, codeForm, expectTokens, fetchCode } from './oidc-provider.ts';

/** @throws {assert.AssertionError} that shows what differs. */
export async function checkCopiedCodes(store: ProviderStore): Promise<void> {
  const calls: Call[] = [];
  const recorded: ProviderStore = { ...store, adapter: (model) => record(model, { adapter: store.adapter(model), calls }) };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = createProvider(url, recorded);
  server.on('request', withInteraction(provider));
  const http = createHttpClient(url, 1);
  try {
    const fetched = await fetchCode(http);
    const [copied = ''] = await copyCode({ like: await fetchCode(http), count: 1 }, provider, recorded);
    const trace = async (code: string): Promise<Trace> => ({ stored: await readStored(provider, code, calls), ...await exchange(http, code, calls) });
    const ofBrowser = await trace(fetched);
    const ofCopy = await trace(copied);
    assert.deepEqual(ofCopy, ofBrowser);
    assert.deepEqual(ofCopy.calls.map(([name]) => name), expectedCalls);
  } finally {
    await http.close();
    server.close();
  }
}

/** The whole work of an exchange. The JWT access token is not stored, and the session of somebody with offline access is not asked for. */
const expectedCalls = ['AuthorizationCode.find', 'Grant.find', 'AuthorizationCode.consume', 'RefreshToken.upsert'];

/** What was called, and what was given or found. */
type Call = readonly [name: string, payload: unknown];

interface Trace {
  /** The code, with its session and grant. */
  readonly stored: readonly Call[];
  readonly calls: readonly Call[];
  /** The answer, with its tokens read. */
  readonly answer: unknown;
}

async function readStored(provider: Provider, code: string, calls: Call[]): Promise<readonly Call[]> {
  calls.length = 0;
  const found = await provider.AuthorizationCode.find(code);
  await provider.Session.findByUid(found?.sessionUid ?? '');
  await provider.Grant.find(found?.grantId ?? '');
  return calls.splice(0);
}

async function exchange(http: HttpClient, code: string, calls: Call[]): Promise<Omit<Trace, 'stored'>> {
  const answer = await askForTokens(http, codeForm(code, 'jwt'));
  const asked = calls.splice(0);
  const { access_token: accessToken, id_token: idToken, refresh_token: refreshToken, ...rest } = expectTokens(answer);
  return { calls: asked, answer: { ...rest, accessToken: readJwt(accessToken), idToken: readJwt(idToken), refreshToken: refreshToken.length } };
}

function record(model: string, { adapter, calls }: { readonly adapter: Adapter; readonly calls: Call[] }): Adapter {
  const names = ['upsert', 'find', 'findByUid', 'findByUserCode', 'consume', 'destroy', 'revokeByGrantId'] as const;
  const recorded = names.map((name) => [name, async (...given: unknown[]) => {
    const found: unknown = await Reflect.apply(adapter[name], adapter, given);
    calls.push([`${model}.${name}`, withoutChance(name === 'upsert' ? given[1] : found)]);
    return found;
  }] as const);
  return Object.fromEntries(recorded) as unknown as Adapter;
}

/** Header and claims. */
function readJwt(token: string): readonly unknown[] {
  return token.split('.').slice(0, 2).map((part) => withoutChance(JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))));
}

/** What another code has otherwise. Its kind and its length stay. */
const random = new Set(['jti', 'iat', 'exp', 'uid', 'sid', 'grantId', 'sessionUid', 'loginTs', 'authTime', 'auth_time', 'iiat', 'at_hash']);

function withoutChance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutChance);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, random.has(name) ? `a ${typeof field} of ${String(field).length}` : withoutChance(field)]));
}
