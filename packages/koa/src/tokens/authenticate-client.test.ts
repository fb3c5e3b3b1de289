import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clientRecord } from '../../test/client-record.ts';
import { oauthRefusal } from '../../test/oauth-refusal.ts';
import { confidentialClient, shopSecret, startIssuer } from '../../test/start-issuer.ts';
import type { Client } from '../model/app.ts';
import type { ClientId, Digest } from '../model/ids.ts';
import { authenticateClient } from './authenticate-client.ts';
import type { ClientRequest } from './read-client-credentials.ts';

const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
const authenticate = async (request: Partial<ClientRequest>, ...clients: readonly Client[]): Promise<string> => {
  const issuer = await startIssuer();
  for (const client of clients) await issuer.store.clients.put(client);
  return (await authenticateClient({ form: {}, ...request }, issuer)).id;
};
const isRefused = (request: Partial<ClientRequest>, ...clients: readonly Client[]): Promise<void> =>
  assert.rejects(authenticate(request, ...clients), oauthRefusal('invalid_client'));
const posting = { ...confidentialClient, id: 'poster' as ClientId, authentication: ['client_secret_post'] as const };

describe('client authentication (RFC 6749, section 2.3)', () => {
  test('Basic, in any spelling of its name', async () => {
    assert.equal(await authenticate({ authorizationHeader: basic('shop-backend', shopSecret) }), 'shop-backend');
    assert.equal(await authenticate({ authorizationHeader: basic('shop-backend', shopSecret).replace('Basic', 'bASIC') }), 'shop-backend');
    assert.equal(await authenticate({ authorizationHeader: basic('shop-backend', shopSecret), form: { client_id: 'shop-backend' } }), 'shop-backend');
  });

  test('both parts of Basic are form-encoded', async () => {
    const { vault } = await startIssuer();
    const secret = 'a b+c%d:e/é-and-some-more-characters';
    const odd = clientRecord({ id: 'https://odd.example/a b' as ClientId, isPublic: false, authentication: ['client_secret_basic'], secretDigests: [vault.digest('client-secret', secret)] });
    assert.equal(await authenticate({ authorizationHeader: basic(odd.id, secret) }, odd), odd.id);
    const encode = (text: string): string => new URLSearchParams({ x: text }).toString().slice(2);
    assert.equal(await authenticate({ authorizationHeader: `Basic ${Buffer.from(`${encode(odd.id)}:${encode(secret)}`).toString('base64')}` }, odd), odd.id);
  });

  test('a secret in the form, for a client that registered it', async () => {
    assert.equal(await authenticate({ form: { client_id: 'poster', client_secret: shopSecret } }, posting), 'poster');
  });

  test('a public client says its name', async () => {
    assert.equal(await authenticate({ form: { client_id: 'shop-web' } }), 'shop-web');
  });

  test('two secrets are good at once, so that one can be changed', async () => {
    const { vault } = await startIssuer();
    const changing = { ...posting, secretDigests: [vault.digest('client-secret', 'the new secret'), ...posting.secretDigests] };
    for (const secret of ['the new secret', shopSecret]) assert.equal(await authenticate({ form: { client_id: 'poster', client_secret: secret } }, changing), 'poster');
    await isRefused({ form: { client_id: 'poster', client_secret: 'the third' } }, changing);
  });

  test('only the registered method is taken', async () => {
    await isRefused({ form: { client_id: 'shop-backend', client_secret: shopSecret } });
    await isRefused({ authorizationHeader: basic('poster', shopSecret) }, posting);
    await isRefused({ form: { client_id: 'shop-backend' } });
    await isRefused({ form: { client_id: 'poster' } }, posting);
  });

  test('a public client cannot have a secret, nor a confidential one go without', async () => {
    await isRefused({ form: { client_id: 'shop-web', client_secret: '' } });
    await isRefused({ form: { client_id: 'shop-web', client_secret: shopSecret } });
    await isRefused({ authorizationHeader: basic('shop-web', '') });
    await isRefused({ form: { client_id: 'odd' } }, { ...confidentialClient, id: 'odd' as ClientId, authentication: ['none'] });
    await isRefused({ form: { client_id: 'odd', client_secret: shopSecret } }, clientRecord({ ...posting, id: 'odd' as ClientId, isPublic: true }));
  });

  test('a client without a secret is opened by none, not even the empty one', async () => {
    const bare = { ...posting, secretDigests: [] };
    for (const secret of ['', 'x', shopSecret]) await isRefused({ form: { client_id: 'poster', client_secret: secret } }, bare);
    const { vault } = await startIssuer();
    const empty = { ...posting, secretDigests: [vault.digest('client-secret', '')] };
    await isRefused({ form: { client_id: 'poster', client_secret: '' } }, empty);
    await isRefused({ form: { client_id: 'poster', client_secret: 'x' } }, { ...posting, secretDigests: ['x' as Digest] });
  });

  test('an unknown client and a wrong secret are answered alike', async () => {
    const refusals = await Promise.all(
      [basic('nobody', shopSecret), basic('shop-backend', 'wrong'), basic('shop-backend', shopSecret.slice(1)), basic('shop-backend', '')]
        .map((authorizationHeader) => authenticate({ authorizationHeader }).then(() => 'let in', (fault: Error) => fault.message)),
    );
    assert.equal(new Set(refusals).size, 1);
    assert.match(refusals[0] ?? '', /^invalid_client/u);
  });

  test('two methods or two clients in one request are malformed', async () => {
    const malformed = oauthRefusal('invalid_request');
    await assert.rejects(authenticate({ authorizationHeader: basic('shop-backend', shopSecret), form: { client_secret: shopSecret } }), malformed);
    await assert.rejects(authenticate({ authorizationHeader: basic('shop-backend', shopSecret), form: { client_id: 'shop-web' } }), malformed);
  });

  test('what is not Basic is refused, and nothing else is tried', async () => {
    for (const header of ['', 'Basic', 'Basic ', 'Basic !!!', 'Basic Og==', `Bearer ${shopSecret}`, `Basic ${Buffer.from('no colon').toString('base64')}`, `Basic ${Buffer.from('%:%').toString('base64')}`, `x ${basic('shop-backend', shopSecret)}`]) {
      await isRefused({ authorizationHeader: header, form: { client_id: 'shop-web' } });
    }
    await isRefused({});
  });

  test('a name from the prototype is nobody', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) await isRefused({ form: { client_id: name } });
  });
});
