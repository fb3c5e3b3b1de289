import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { exportSPKI, importJWK, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { createKey, keySet, signToken, type TokenParts } from '../test/issuer.ts';
import { createTokenVerifier, TokenError, type TokenErrorCode, type TokenVerifierOptions } from './index.ts';

const now = 1_800_000_000;
const clock = { now: () => new Date(now * 1000) };
const key = await createKey('k1');
const rsa = await createKey('k2', 'RS256');
const options: TokenVerifierOptions = {
  issuer: 'https://login.example',
  audience: 'https://api.example',
  jwks: () => Promise.resolve(keySet(key, rsa)),
  clock,
};
const { verifyAccessToken } = createTokenVerifier(options);
const sign = (parts: TokenParts = {}): Promise<string> => signToken(key, now, parts);

async function refused(token: string | Promise<string>, code: TokenErrorCode = 'token_invalid'): Promise<void> {
  await assert.rejects(verifyAccessToken(await token), (error) => {
    assert.ok(error instanceof TokenError, String(error));
    assert.equal(error.code, code);
    return true;
  });
}

test('a good token says who calls, and what they may', async () => {
  const auth = await verifyAccessToken(await sign({ claims: { acr: 'mfa', amr: ['pwd', 'otp'], auth_time: now - 60, sid: 's1' } }));
  const { claims, ...rest } = auth;
  assert.deepEqual(rest, {
    sub: 'user-1',
    clientId: 'notes-web',
    scopes: ['notes:read', 'notes:write'],
    roles: ['editor'],
    permissions: ['notes:delete'],
    acr: 'mfa',
    amr: ['pwd', 'otp'],
    authTime: new Date((now - 60) * 1000),
    sid: 's1',
  });
  assert.equal(claims['jti'], 'token-1');
});

test('what a token says cannot be changed afterwards', async () => {
  const auth = await verifyAccessToken(await sign({ claims: { deep: { list: ['a'] } } }));
  assert.throws(() => Object.assign(auth, { sub: 'other' }), TypeError);
  assert.throws(() => (auth.roles as string[]).push('admin'), TypeError);
  assert.throws(() => Object.assign(auth.claims['deep'] as object, { list: [] }), TypeError);
});

test('a token without scope, roles and permissions allows nothing', async () => {
  const auth = await verifyAccessToken(await sign({ without: ['scope', 'roles', 'permissions'] }));
  assert.deepEqual([auth.scopes, auth.roles, auth.permissions], [[], [], []]);
});

test('RS256 is accepted beside ES256', async () => {
  assert.equal((await verifyAccessToken(await signToken(rsa, now))).sub, 'user-1');
});

test('EdDSA and its newer name are both accepted', async () => {
  const ed = await createKey('k3', 'Ed25519');
  const verifier = createTokenVerifier({ ...options, jwks: () => Promise.resolve(keySet(ed)) });
  assert.equal((await verifier.verifyAccessToken(await signToken(ed, now))).sub, 'user-1');
});

test('the media type may be written in full', async () => {
  await verifyAccessToken(await sign({ header: { typ: 'application/at+jwt' } }));
});

test('one of several audiences is enough, on either side', async () => {
  await verifyAccessToken(await sign({ claims: { aud: ['https://other.example', 'https://api.example'] } }));
  const both = createTokenVerifier({ ...options, audience: ['https://new.example', 'https://api.example'] });
  await both.verifyAccessToken(await sign());
});

for (const typ of ['JWT', 'at+JWT+x', 'dpop+jwt', 'logout+jwt', undefined]) {
  test(`a token of type ${typ ?? '(none)'} is refused: an ID token is no access token`, () => refused(sign({ header: { typ } })));
}

for (const name of ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti']) {
  test(`a token without ${name} is refused (RFC 9068, section 2.2)`, () => refused(sign({ without: [name] })));
}

const wrongClaims: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'another issuer': { iss: 'https://evil.example' },
  'the issuer with a slash more': { iss: 'https://login.example/' },
  'another audience': { aud: 'https://other.example' },
  'an audience that only begins like ours': { aud: 'https://api.example.evil' },
  'no audience in its list': { aud: [] },
  'a number for a subject': { sub: 7 },
  'an empty subject': { sub: '' },
  'a list of clients': { client_id: ['notes-web'] },
  'an object for an id': { jti: {} },
  'a text for its end': { exp: String(now + 300) },
  'a text for its beginning': { iat: String(now) },
  'a list for its scope': { scope: ['notes:read'] },
  'a text for its roles': { roles: 'admin' },
  'a number among its permissions': { permissions: ['a', 1] },
  'a beginning beyond the tolerance': { iat: now + 16, exp: now + 300 },
  'a not-before beyond the tolerance': { nbf: now + 16 },
  'a binding to a key whose proof we cannot check': { cnf: { jkt: 'x' } },
};
for (const [what, claims] of Object.entries(wrongClaims)) test(`a token with ${what} is refused`, () => refused(sign({ claims })));

test('a token ends at exp, and not before the stated tolerance is over', async () => {
  await verifyAccessToken(await sign({ claims: { exp: now - 14 } }));
  await refused(sign({ claims: { exp: now - 15 } }), 'token_expired');
});

test('a clock that is ahead within the tolerance does no harm', async () => {
  await verifyAccessToken(await sign({ claims: { iat: now + 15, nbf: now + 15 } }));
});

test('the tolerance can be none', async () => {
  const strict = createTokenVerifier({ ...options, clockToleranceSeconds: 0 });
  await assert.rejects(strict.verifyAccessToken(await sign({ claims: { iat: now + 1 } })), { code: 'token_invalid' });
});

test('an unsigned token is refused', () =>
  refused(new UnsecuredJWT({ sub: 'user-1' }).setIssuer('https://login.example').setAudience('https://api.example').setExpirationTime(now + 300).encode()));

test('alg none in any spelling is refused', async () => {
  const [, payload] = (await sign()).split('.');
  for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
    const header = Buffer.from(JSON.stringify({ alg, kid: 'k1', typ: 'at+jwt' })).toString('base64url');
    await refused(`${header}.${payload}.`);
  }
});

test('a token signed with our public key as an HMAC secret is refused', async () => {
  const publicKey = (await importJWK(rsa.publicJwk, 'RS256', { extractable: true })) as CryptoKey;
  const [, payload] = (await sign()).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'k2', typ: 'at+jwt' })).toString('base64url');
  for (const secret of [await exportSPKI(publicKey), JSON.stringify(rsa.publicJwk), JSON.stringify(keySet(rsa))]) {
    await refused(`${header}.${payload}.${createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')}`);
  }
});

test('an algorithm that the host did not allow is refused', async () => {
  const only = createTokenVerifier({ ...options, algorithms: ['ES256'] });
  await assert.rejects(only.verifyAccessToken(await signToken(rsa, now)), { code: 'token_invalid' });
});

test('an algorithm that is not the one of the key is refused', async () => {
  const mislabelled = { ...key, kid: 'k2' };
  await refused(signToken(mislabelled, now));
  await refused(signToken({ ...rsa, alg: 'PS256' }, now).catch(() => 'a.b.c'));
});

test('a key for encryption verifies nothing', async () => {
  const jwks = { keys: [{ ...key.publicJwk, use: 'enc' }] };
  const verifier = createTokenVerifier({ ...options, jwks: () => Promise.resolve(jwks) });
  await assert.rejects(verifier.verifyAccessToken(await sign()), { code: 'token_invalid' });
});

test('a symmetric key in the key set verifies nothing', async () => {
  const secret = Buffer.alloc(32, 7);
  const jwks = { keys: [{ kty: 'oct', k: secret.toString('base64url'), kid: 'k1', alg: 'HS256' }] };
  const verifier = createTokenVerifier({ ...options, jwks: () => Promise.resolve(jwks) });
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' }).sign(secret);
  await assert.rejects(verifier.verifyAccessToken(token), { code: 'token_invalid' });
});

test('a key that the token brings along is not used', async () => {
  const stranger = await createKey('stranger');
  const headers = [{ jwk: stranger.publicJwk }, { jku: 'https://evil.example/jwks' }, { x5u: 'https://evil.example/cert' }, { x5c: ['AAAA'] }];
  for (const header of headers) {
    await refused(signToken(stranger, now, { header }));
    await refused(signToken({ ...stranger, kid: 'k1' }, now, { header }));
  }
});

test('an extension that must be understood, and is not, refuses the token', () =>
  refused(sign({ header: { crit: ['urn:example:new'], 'urn:example:new': 1 } })));

test('a token that names no key is refused', () => refused(sign({ header: { kid: undefined } })));

test('a token with any one character of its signature changed is refused', async () => {
  const token = await sign();
  const start = token.lastIndexOf('.') + 1;
  for (let index = start; index < token.length - 1; index += 9) {
    await refused(`${token.slice(0, index)}${token[index] === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`);
  }
});

test('a token cut at any place is refused', async () => {
  const token = await sign();
  for (let length = 0; length < token.length; length += 13) await refused(token.slice(0, length));
});

test('a payload under the signature of another token is refused', async () => {
  const [head, , signature] = (await sign()).split('.');
  const [, payload] = (await sign({ claims: { sub: 'admin' } })).split('.');
  await refused(`${head}.${payload}.${signature}`);
});

for (const garbage of ['', '.', '..', 'a.b.c', 'a.b.c.d.e', '{}', 'null', '\u0000', 'ey'.repeat(4000)]) {
  test(`${JSON.stringify(garbage.slice(0, 12))} is no token`, () => refused(garbage));
}

test('options that cannot be are heard of at start-up', () => {
  const wrong: readonly Partial<TokenVerifierOptions>[] = [
    { issuer: 'login' },
    { audience: '' },
    { audience: [] },
    { algorithms: ['HS256'] },
    { algorithms: ['none'] },
    { algorithms: [] },
    { clockToleranceSeconds: 61 },
    { clockToleranceSeconds: Number.NaN },
    { keyLifetimeSeconds: -1 },
  ];
  for (const one of wrong) assert.throws(() => createTokenVerifier({ ...options, ...one }), TypeError, JSON.stringify(one));
});
