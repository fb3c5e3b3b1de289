import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { startIssuer, type TestIssuer } from '../../test/start-issuer.ts';
import { createVault } from '../vault/create-vault.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';
import { verifyToken } from './verify-token.ts';

const kidOf = async (keys: SigningKeys, algorithm: 'ES256' | 'RS256' = 'ES256'): Promise<string | undefined> =>
  decodeProtectedHeader(await keys.sign({}, { algorithm, typ: 'JWT' })).kid;
const published = async (keys: SigningKeys): Promise<readonly (string | undefined)[]> => (await keys.publicJwks()).keys.map(({ kid }) => kid);
/** Another process with the same database. */
const anotherNode = (issuer: TestIssuer): SigningKeys => createSigningKeys(issuer);
const minutes = (count: number): number => count * 60;

describe('the first keys', () => {
  test('a start makes one of each algorithm, and they sign at once', async () => {
    const issuer = await startIssuer({ withKeys: false });
    await issuer.signingKeys.ensure();
    const { keys } = await issuer.signingKeys.publicJwks();
    assert.deepEqual(new Set(keys.map(({ alg }) => alg)), new Set(['ES256', 'RS256']));
    assert.equal(keys.length, 2);
    for (const algorithm of ['ES256', 'RS256'] as const) assert.ok((await published(issuer.signingKeys)).includes(await kidOf(issuer.signingKeys, algorithm)));
    await issuer.signingKeys.ensure();
    assert.equal((await issuer.store.signingKeys.list()).length, 2);
  });

  test('two processes that start together end with one set', async () => {
    const issuer = await startIssuer({ withKeys: false });
    const nodes = [anotherNode(issuer), anotherNode(issuer)];
    await Promise.all(nodes.map((node) => node.ensure()));
    assert.equal((await issuer.store.signingKeys.list()).length, 2);
    const kids = await Promise.all(nodes.map((node) => kidOf(node)));
    assert.equal(new Set(kids).size, 1);
  });

  test('without ensure there is nothing to sign with, and the error says so', async () => {
    const issuer = await startIssuer({ withKeys: false });
    await assert.rejects(kidOf(issuer.signingKeys), /ensure\(\)/u);
  });

  test('a key ring that cannot open them stops the start', async () => {
    const issuer = await startIssuer();
    const foreign = createSigningKeys({ ...issuer, vault: createVault('another secret of another host, long enough') });
    await assert.rejects(foreign.ensure());
  });
});

describe('the published key set (RFC 7517; OpenID Connect Core, section 10.1)', () => {
  test('no private member is in it, and each key has its name, use and algorithm', async () => {
    const { keys } = await (await startIssuer()).signingKeys.publicJwks();
    for (const key of keys) {
      assert.deepEqual(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].filter((member) => member in key), []);
      assert.equal(key.use, 'sig');
      assert.match(key.kid ?? '', /^[A-Za-z0-9_-]{43}$/u);
    }
    assert.equal(Buffer.from(keys.find(({ alg }) => alg === 'RS256')?.n ?? '', 'base64url').length * 8, 3_072);
  });

  test('the private half is stored sealed', async () => {
    const issuer = await startIssuer();
    for (const { privateJwk, publicJwk } of await issuer.store.signingKeys.list()) {
      // No JSON has these letters alone.
      assert.match(privateJwk, /^v1\.k1\.[\w.-]+$/u);
      assert.doesNotMatch(publicJwk, /"d"/u);
    }
  });
});

describe('rotation', () => {
  test('a new key is announced, then signs, then the old one is retired, then unpublished', async () => {
    const issuer = await startIssuer();
    const { signingKeys } = issuer;
    const old = await kidOf(signingKeys);
    await signingKeys.rotate();
    const fresh = (await published(signingKeys)).filter((kid) => kid !== old);
    assert.equal((await published(signingKeys)).length, 4);
    assert.equal(await kidOf(signingKeys), old);

    issuer.advance(minutes(120) - 1);
    assert.equal(await kidOf(signingKeys), old);
    const last = await signingKeys.sign({ iss: issuer.issuer, sub: 'mia', aud: 'x', iat: 0, exp: issuer.clock.now().getTime() / 1_000 + 600 }, { algorithm: 'ES256', typ: 'JWT' });

    issuer.advance(1);
    assert.ok(fresh.includes(await kidOf(signingKeys)));
    assert.ok((await published(signingKeys)).includes(old));
    assert.ok(await verifyToken(last, { typ: 'JWT', algorithms: ['ES256'], requiredClaims: [] }, issuer));

    // The longest lifetime of a token is ten minutes; five more are for slow clocks.
    issuer.advance(minutes(15) - 1);
    assert.ok((await published(signingKeys)).includes(old));
    issuer.advance(1);
    assert.equal((await published(signingKeys)).includes(old), false);
    assert.equal((await published(signingKeys)).length, 2);
  });

  test('others may keep the key set for less than a new key is announced', async () => {
    const { signingKeys } = await startIssuer();
    assert.equal(signingKeys.cacheSeconds, 3_600);
  });

  test('another node sees the new key within a minute, and long before it signs', async () => {
    const issuer = await startIssuer();
    const other = anotherNode(issuer);
    assert.equal((await published(other)).length, 2);
    await issuer.signingKeys.rotate();
    issuer.advance(60);
    assert.equal((await published(other)).length, 4);
    issuer.advance(minutes(120));
    assert.equal(await kidOf(other), await kidOf(issuer.signingKeys));
  });

  test('a token of a key that a node has not seen yet makes it look again', async () => {
    const issuer = await startIssuer();
    const other = createSigningKeys({ ...issuer, announceSeconds: 0 });
    await kidOf(issuer.signingKeys);
    issuer.advance(10);
    await other.rotate();
    assert.ok(await issuer.signingKeys.findPublicKey((await kidOf(other)) ?? '', 'ES256', issuer.clock.now()));
  });

  test('invented key ids do not each cost a read', async () => {
    const issuer = await startIssuer();
    let reads = 0;
    const { signingKeys } = issuer.store;
    const counting = createSigningKeys({ ...issuer, store: { ...issuer.store, signingKeys: { ...signingKeys, list: () => { reads += 1; return signingKeys.list(); } } } });
    issuer.advance(100);
    for (let count = 0; count < 100; count += 1) assert.equal(await counting.findPublicKey(`invented-${count}`, 'ES256', issuer.clock.now()), undefined);
    assert.ok(reads <= 2);
  });

  test('two rotations in a row leave one signer at each moment', async () => {
    const issuer = await startIssuer();
    await issuer.signingKeys.rotate();
    issuer.advance(minutes(10));
    await issuer.signingKeys.rotate();
    const signers = [];
    for (let step = 0; step < 15; step += 1) {
      signers.push(await kidOf(issuer.signingKeys));
      issuer.advance(minutes(10));
    }
    assert.equal(new Set(signers).size, 3);
  });

  test('keys that are long gone are removed', async () => {
    const issuer = await startIssuer();
    await issuer.signingKeys.rotate();
    issuer.advance(40 * 86_400);
    await issuer.signingKeys.rotate();
    assert.equal((await issuer.store.signingKeys.list()).length, 4);
    assert.ok((await issuer.auditKinds()).includes('keys_rotated'));
  });
});
