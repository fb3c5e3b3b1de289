import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JSONWebKeySet } from 'jose';
import { createKey, keySet, signToken } from '../test/issuer.ts';
import { checkOptions } from './options.ts';
import { readClaims } from './read-claims.ts';
import { rememberTokens, type SeenTokens } from './remember-tokens.ts';
import { createTokenVerifier, TokenError, type TokenVerifier, type TokenVerifierOptions } from './index.ts';

const start = 1_800_000_000;
const key = await createKey('k1');
const other = await createKey('k2');

/** A verifier whose clock and key set are in the test's hand. */
function scene(more: Partial<TokenVerifierOptions> = {}): { verifier: TokenVerifier; hand: { seconds: number; keys: JSONWebKeySet }; sign(): Promise<string> } {
  const hand = { seconds: start, keys: keySet(key) };
  const verifier = createTokenVerifier({
    issuer: 'https://login.example',
    audience: 'https://api.example',
    jwks: () => Promise.resolve(hand.keys),
    clock: { now: () => new Date(hand.seconds * 1_000) },
    ...more,
  });
  return { verifier, hand, sign: () => signToken(key, start, { claims: { exp: start + 3_600 } }) };
}

const isRefused = (code: string) => (error: unknown): boolean => error instanceof TokenError && error.code === code;

test('a token that was seen before is the same answer, without another check', async () => {
  const { verifier, sign } = scene();
  const token = await sign();
  assert.equal(await verifier.verifyAccessToken(token), await verifier.verifyAccessToken(token));
});

test('a token that was seen before ends when it expires, and says so', async () => {
  const { verifier, hand } = scene({ keyLifetimeSeconds: 86_400 });
  const token = await signToken(key, start, { claims: { exp: start + 100 } });
  await verifier.verifyAccessToken(token);
  hand.seconds = start + 114;
  await verifier.verifyAccessToken(token);
  hand.seconds = start + 115;
  await assert.rejects(verifier.verifyAccessToken(token), isRefused('token_expired'));
});

test('a key that the issuer took away is trusted no longer than its set is kept, for seen tokens too', async () => {
  const { verifier, hand, sign } = scene({ keyLifetimeSeconds: 600 });
  const token = await sign();
  await verifier.verifyAccessToken(token);
  hand.keys = keySet(other);
  hand.seconds = start + 599;
  await verifier.verifyAccessToken(token);
  hand.seconds = start + 600;
  await assert.rejects(verifier.verifyAccessToken(token), isRefused('token_invalid'));
});

test('a key set that was fetched anew for another token forgets what was checked with the old one', async () => {
  const { verifier, hand, sign } = scene();
  const token = await sign();
  await verifier.verifyAccessToken(token);
  hand.keys = keySet(other);
  await verifier.verifyAccessToken(await signToken(other, start));
  await assert.rejects(verifier.verifyAccessToken(token), isRefused('token_invalid'));
});

test('a token that differs in its signature alone is not the one that was seen', async () => {
  const { verifier, sign } = scene();
  const token = await sign();
  await verifier.verifyAccessToken(token);
  const forged = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
  await assert.rejects(verifier.verifyAccessToken(forged), isRefused('token_invalid'));
});

test('a payload before the signature of a token that was seen is not that token', async () => {
  const { verifier, sign } = scene();
  const token = await sign();
  const auth = await verifier.verifyAccessToken(token);
  const [head, , signature] = token.split('.');
  const [, payload] = (await signToken(key, start, { claims: { sub: 'admin' } })).split('.');
  await assert.rejects(verifier.verifyAccessToken(`${head}.${payload}.${signature}`), isRefused('token_invalid'));
  assert.equal(await verifier.verifyAccessToken(token), auth);
});

test('a token that was seen by one verifier is unknown to another, for another audience or issuer', async () => {
  const { verifier, sign } = scene();
  const token = await sign();
  await verifier.verifyAccessToken(token);
  for (const more of [{ audience: 'https://other.example' }, { issuer: 'https://evil.example' }, { algorithms: ['RS256'] }]) {
    await assert.rejects(scene(more).verifier.verifyAccessToken(token), isRefused('token_invalid'));
  }
});

test('a token whose keys were replaced while it was checked is not remembered', async () => {
  const { verifier, hand, sign } = scene();
  await verifier.verifyAccessToken(await signToken(key, start));
  const token = await sign();
  hand.keys = keySet(other);
  await Promise.all([verifier.verifyAccessToken(token), verifier.verifyAccessToken(await signToken(other, start))]);
  await assert.rejects(verifier.verifyAccessToken(token), isRefused('token_invalid'));
});

test('keys that were fetched anew and are the same ones let what was checked with them count', async () => {
  const { verifier, hand, sign } = scene({ keyLifetimeSeconds: 600 });
  const token = await sign();
  const auth = await verifier.verifyAccessToken(token);
  await assert.rejects(verifier.verifyAccessToken(await signToken({ ...key, kid: 'invented' }, start)), isRefused('token_invalid'));
  assert.equal(await verifier.verifyAccessToken(token), auth);
  hand.seconds = start + 600;
  await verifier.verifyAccessToken(await signToken(key, start, { claims: { exp: start + 900 } }));
  assert.equal(await verifier.verifyAccessToken(token), auth);
});

test('while the keys are old and cannot be fetched, no token that was seen before counts', async () => {
  const { verifier, hand, sign } = scene({ keyLifetimeSeconds: 600, jwks: () => (hand.seconds < start + 600 ? Promise.resolve(hand.keys) : Promise.reject(new Error('down'))) });
  const token = await sign();
  await verifier.verifyAccessToken(token);
  hand.seconds = start + 600;
  await assert.rejects(verifier.verifyAccessToken(token), isRefused('keys_unreachable'));
});

/** What is remembered alone, with the keys of an issuer at hand: made-up tokens can be kept in any number. */
async function memory(): Promise<{ readonly seen: SeenTokens; keep(token: string): void }> {
  const settings = checkOptions({ issuer: 'https://login.example', audience: 'https://api.example', jwks: () => Promise.resolve(keySet(key)) });
  const { among } = await settings.keys.findKey({ alg: 'ES256', kid: 'k1' }, { payload: '', signature: '' });
  const auth = readClaims({ sub: 'user-1', client_id: 'notes-web', exp: settings.clock.now().getTime() / 1_000 + 300 });
  const seen = rememberTokens(settings);
  return { seen, keep: (token) => seen.keep(token, auth, among) };
}

test('five thousand tokens are remembered, and of more the oldest are forgotten', async () => {
  const { seen, keep } = await memory();
  const tokens = Array.from({ length: 5_010 }, (_, id) => `head.payload.${String(id).padStart(86, '0')}`);
  tokens.forEach(keep);
  assert.deepEqual(tokens.filter((token) => seen.find(token) === undefined), tokens.slice(0, 10));
});

test('of two tokens that end alike the later is remembered, and neither is taken for the other', async () => {
  const { seen, keep } = await memory();
  keep('head.one.signature');
  assert.equal(seen.find('head.two.signature'), undefined);
  keep('head.two.signature');
  assert.equal(seen.find('head.one.signature'), undefined);
  assert.equal(seen.find('head.two.signature')?.sub, 'user-1');
});

test('long tokens are remembered in smaller number', async () => {
  const { verifier } = scene();
  const long = (id: number): Promise<string> => signToken(key, start, { claims: { jti: `token-${id}`, note: 'a'.repeat(700_000) } });
  const tokens = await Promise.all(Array.from({ length: 6 }, (_, id) => long(id)));
  const [oldest = '', ...others] = tokens;
  const first = await verifier.verifyAccessToken(oldest);
  for (const token of others) await verifier.verifyAccessToken(token);
  const latest = others.at(-1) ?? '';
  assert.equal(await verifier.verifyAccessToken(latest), await verifier.verifyAccessToken(latest));
  assert.notEqual(await verifier.verifyAccessToken(oldest), first);
});
