import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { apple, emailCode, facebook, github, google, line, linkedin, microsoft, oauth2, oidc, social, tiktok, type OpenStore } from '../src/index.ts';
import { Browser, isAt, type FlowBody } from './browser.ts';
import { openerOf } from './engines.ts';
import { createProviderWorld, type ProviderWorld } from './provider-world.ts';
import { askedOf, atTheDoor } from './social-scene.ts';
import { startPortico, type Portico } from './start-portico.ts';

const client = { clientId: 'our-client', clientSecret: 'the-secret-that-the-provider-gave-us-once' };
const appleKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';

test('a provider whose id or secret the environment lacks is named as the service starts, not to whoever presses its button', () => {
  const { NOT_SET } = process.env;
  for (const [name, make] of Object.entries({ facebook, github, google, line, linkedin, microsoft, tiktok })) {
    assert.throws(() => make({ ...client, clientId: NOT_SET }), { message: `${name}() needs a clientId` });
    assert.throws(() => make({ ...client, clientSecret: '' }), { message: `${name}() needs a clientSecret` });
  }
  assert.throws(() => oidc({ id: 'corp', name: 'Corp', issuer: 'https://id.corp.example', ...client, clientSecret: NOT_SET }), { message: 'oidc() needs a clientSecret' });
  const endpoints = { authorizationEndpoint: 'https://any.example/authorize', tokenEndpoint: 'https://any.example/token', profileEndpoint: 'https://any.example/me' };
  assert.throws(() => oauth2({ id: 'any', name: 'Any', scope: 'profile', ...endpoints, ...client, clientId: '' }), { message: 'oauth2() needs a clientId' });
  assert.throws(() => apple({ clientId: 'web', teamId: 'TEAM', keyId: NOT_SET, privateKey: NOT_SET }), { message: 'apple() needs a keyId' });
  assert.throws(() => apple({ clientId: 'web', teamId: 'TEAM', keyId: 'KEY', privateKey: NOT_SET }), { message: 'apple() needs a privateKey' });
});

describe('the providers of the world, each with its oddities', () => {
  let service: Portico;
  let store: OpenStore;
  let world: ProviderWorld;
  before(async () => {
    world = await createProviderWorld();
    store = await openerOf('sqlite').open();
    const providers = [
      google(client), apple({ clientId: client.clientId, teamId: 'TEAM', keyId: 'KEY', privateKey: String(appleKey.privateKey.export({ type: 'pkcs8', format: 'pem' })) }),
      microsoft(client), github(client), facebook(client), line(client), tiktok(client), linkedin(client),
      oauth2({
        ...client, id: 'shop', name: 'Shop', scope: 'me', authorizationEndpoint: 'https://shop.example/authorize', tokenEndpoint: 'https://shop.example/token', profileEndpoint: 'https://shop.example/me',
        profile: ({ data }: { readonly data: { readonly id: number; readonly mail: { readonly address?: string; readonly confirmed?: boolean } } }) => ({ subject: data.id, email: data.mail.address, isEmailVerified: data.mail.confirmed }),
      }),
    ];
    service = await startPortico({ auth: { store: { open: () => Promise.resolve(store) }, methods: [emailCode(), social({ providers, fetch: world.fetch })] } });
  });
  after(() => service.close());

  /** Goes to a provider and comes back with a code, as its token endpoint answers. */
  const visit = async (provider: string, tokens: (nonce: string | null) => unknown, extra: Readonly<Record<string, string>> = {}): Promise<{ readonly asked: URL; readonly browser: Browser; readonly view: FlowBody }> => {
    const { browser, leaveTo } = await atTheDoor(service, provider);
    const asked = await askedOf(browser, leaveTo);
    world.pages.set(tokenEndpoints[provider] ?? '', () => tokens(asked.searchParams.get('nonce')));
    const answer = { code: 'code', state: asked.searchParams.get('state') ?? '', ...extra };
    const redirectUri = asked.searchParams.get('redirect_uri') ?? '';
    if (provider === 'apple') await postBack(browser, redirectUri, answer);
    else assert.equal((await browser.fetch(`${redirectUri}?${new URLSearchParams(answer).toString()}`)).status, 200);
    return { asked, browser, view: (await browser.look()).body };
  };

  /** A form of the provider's site: none of our cookies come with it. */
  const postBack = async (browser: Browser, redirectUri: string, answer: Readonly<Record<string, string>>): Promise<void> => {
    const posted = await new Browser(service).postForm(redirectUri, { ...answer }, { Origin: 'https://appleid.apple.com' });
    assert.equal(posted.status, 303, posted.text);
    const location = posted.headers.get('Location') ?? '';
    assert.doesNotMatch(decodeURIComponent(location), /Ada|state=|code=/, 'what was posted is in no address');
    assert.equal((await browser.fetch(new URL(location, service.origin).href)).status, 200);
  };

  const tokenEndpoints: Readonly<Record<string, string>> = {
    google: 'https://accounts.google.com/token', apple: 'https://appleid.apple.com/token', microsoft: 'https://login.microsoftonline.com/token',
    github: 'https://github.com/login/oauth/access_token', facebook: 'https://graph.facebook.com/v23.0/oauth/access_token',
    line: 'https://access.line.me/token', tiktok: 'https://open.tiktokapis.com/v2/oauth/token/', linkedin: 'https://www.linkedin.com/token', shop: 'https://shop.example/token',
  };
  const bearer = { access_token: 'upstream', token_type: 'bearer' };
  const withToken = (claims: Readonly<Record<string, unknown>>) => async (nonce: string | null): Promise<unknown> => ({ ...bearer, id_token: await world.sign({ aud: client.clientId, ...(nonce === null ? {} : { nonce }), ...claims }) });
  const approved = (view: FlowBody): void => assert.equal(isAt(view, 'leave-to-provider').is_approved, true, JSON.stringify(view));
  const lastCall = (url: string) => world.called.filter((call) => `${call.url.origin}${call.url.pathname}` === url).at(-1);

  test('Google: an address that it has verified makes a user with it', async () => {
    const { asked, browser, view } = await visit('google', withToken({ iss: 'https://accounts.google.com', sub: '110169484474386276334', email: 'Ada@gmail.test', email_verified: true, name: 'Ada' }));
    approved(view);
    assert.deepEqual([asked.origin, asked.searchParams.get('prompt'), asked.searchParams.get('scope')], ['https://accounts.google.com', 'select_account', 'openid email profile']);
    await browser.act('approve');
    const identity = await store.identities.find('https://accounts.google.com', '110169484474386276334');
    const user = identity && (await store.users.find(identity.userId));
    assert.deepEqual([user?.name, user?.email?.canonical, user?.email?.verifiedAt !== undefined], ['Ada', 'ada@gmail.test', true]);
  });

  test('Apple: the answer is a form of its site, the secret a token that we sign, the name comes once', async () => {
    const user = JSON.stringify({ name: { firstName: 'Ada', lastName: 'Lovelace' }, email: 'forged@example.test' });
    const { asked, browser, view } = await visit('apple', withToken({ iss: 'https://appleid.apple.com', sub: '001.abc.0001', email: 'ada@privaterelay.test', email_verified: 'true' }), { user });
    approved(view);
    assert.equal(asked.searchParams.get('response_mode'), 'form_post');
    const secret = lastCall(tokenEndpoints['apple'] ?? '')?.form.get('client_secret') ?? '';
    assert.deepEqual(decodeProtectedHeader(secret), { alg: 'ES256', kid: 'KEY' });
    const { payload } = await jwtVerify(secret, appleKey.publicKey, { issuer: 'TEAM', subject: client.clientId, audience: 'https://appleid.apple.com' });
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 300);
    await browser.act('approve');
    const identity = await store.identities.find('https://appleid.apple.com', '001.abc.0001');
    const made = identity && (await store.users.find(identity.userId));
    assert.deepEqual([made?.name, made?.email?.canonical], ['Ada Lovelace', 'ada@privaterelay.test'], 'the posted address is nobody’s word');
  });

  test('Apple: a form that was changed on its way, or sealed for another provider, is refused', async () => {
    const posted = await new Browser(service).postForm('/social/apple/callback', { state: 'x' }, { Origin: 'https://appleid.apple.com' });
    const sealed = new URL(posted.headers.get('Location') ?? '', service.origin).searchParams.get('posted') ?? '';
    for (const [provider, value] of [['google', sealed], ['apple', `${sealed.slice(0, -2)}AA`], ['apple', 'v1.k1.x.y']] as const) {
      assert.equal((await new Browser(service).fetch(`/social/${provider}/callback?posted=${encodeURIComponent(value)}`)).status, 422);
    }
    assert.equal((await new Browser(service).postForm('/social/apple/callback', { state: 'x'.repeat(9_000) })).status, 422);
  });

  test('Microsoft: each tenant is an issuer of its own, `oid` names the person, and an address is believed with `xms_edov` alone', async () => {
    const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`;
    const claims = { iss: issuer, tid: tenant, oid: 'oid-1', sub: 'pairwise', email: 'ada@contoso.test' };
    const first = await visit('microsoft', withToken(claims));
    approved(first.view);
    assert.equal(isAt((await first.browser.act('approve')).body, 'identify').linking?.reason, 'email_needed');
    const second = await visit('microsoft', withToken({ ...claims, xms_edov: true }));
    await second.browser.act('approve');
    assert.ok(await store.identities.find(issuer, 'oid-1'));
    for (const wrong of [{ iss: `https://login.microsoftonline.com/${tenant.replace('7', '8')}/v2.0` }, { tid: undefined }, { tid: 'common', iss: 'https://login.microsoftonline.com/common/v2.0' }, { oid: undefined }]) {
      const { view } = await visit('microsoft', withToken({ ...claims, ...wrong }));
      assert.equal(isAt(view, 'leave-to-provider').problem, 'provider_answer_invalid', JSON.stringify(wrong));
    }
  });

  test('GitHub: no ID token, a number for a name, the primary address with its own flag, errors with the status of a success', async () => {
    world.pages.set('https://api.github.com/user', () => ({ id: 583231, login: 'ada', name: null, email: 'profile@example.test' }));
    const addresses = [{ email: 'other@example.test', primary: false, verified: true }, { email: 'ada@github.test', primary: true, verified: true }];
    world.pages.set('https://api.github.com/user/emails', () => addresses);
    const { browser, view } = await visit('github', () => ({ ...bearer, scope: 'read:user,user:email' }));
    approved(view);
    await browser.act('approve');
    const identity = await store.identities.find('https://github.com', '583231');
    const user = identity && (await store.users.find(identity.userId));
    assert.deepEqual([user?.name, user?.email?.canonical], ['ada', 'ada@github.test']);
    assert.deepEqual([lastCall('https://api.github.com/user')?.headers.get('authorization'), lastCall('https://api.github.com/user')?.headers.get('user-agent')], ['Bearer upstream', 'portico']);
    const refused = await visit('github', () => ({ error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' }));
    assert.equal(isAt(refused.view, 'leave-to-provider').problem, 'provider_failed');
    world.pages.set('https://api.github.com/user', () => ({ message: 'Bad credentials', documentation_url: 'https://docs.github.com' }));
    const nobody = await visit('github', () => bearer);
    assert.equal(isAt(nobody.view, 'leave-to-provider').problem, 'provider_answer_invalid', 'an error body is nobody');
    world.pages.set('https://api.github.com/user', () => ({ id: 7 }));
    world.pages.set('https://api.github.com/user/emails', () => [{ email: 'unproved@github.test', primary: true, verified: false }]);
    const unproved = await visit('github', () => bearer);
    assert.equal(isAt((await unproved.browser.act('approve')).body, 'identify').linking?.reason, 'email_needed');
  });

  test('Facebook: the Graph API with a proof of whose token it is, and addresses that it never vouches for', async () => {
    world.pages.set('https://graph.facebook.com/v23.0/me', () => ({ id: '10221', name: 'Ada', email: 'ada@facebook.test' }));
    const { browser, view } = await visit('facebook', () => bearer);
    approved(view);
    assert.match(lastCall('https://graph.facebook.com/v23.0/me')?.url.searchParams.get('appsecret_proof') ?? '', /^[0-9a-f]{64}$/);
    assert.equal(isAt((await browser.act('approve')).body, 'identify').linking?.reason, 'email_needed');
    world.pages.set('https://graph.facebook.com/v23.0/me', () => ({ error: { message: 'Invalid OAuth access token.', code: 190 } }));
    assert.equal(isAt((await visit('facebook', () => bearer)).view, 'leave-to-provider').problem, 'provider_failed');
  });

  test('LINE: ID tokens signed with the channel’s secret, and by nobody else', async () => {
    const signed = (secret: string) => async (nonce: string | null): Promise<unknown> => ({
      ...bearer,
      id_token: await new SignJWT({ iss: 'https://access.line.me', sub: 'U1', aud: client.clientId, nonce: nonce ?? '', email: 'ada@line.test' }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime('5m').sign(new TextEncoder().encode(secret)),
    });
    approved((await visit('line', signed(client.clientSecret))).view);
    assert.equal(isAt((await visit('line', signed('another-secret-of-the-same-length-as-ours'))).view, 'leave-to-provider').problem, 'provider_answer_invalid');
    assert.equal(isAt((await visit('line', withToken({ iss: 'https://access.line.me', sub: 'U1' }))).view, 'leave-to-provider').problem, 'provider_answer_invalid');
  });

  test('TikTok: `client_key` in the place of `client_id`, "ok" for no error, and no address at all', async () => {
    world.pages.set('https://open.tiktokapis.com/v2/user/info/', () => ({ data: { user: { open_id: 'open-1', display_name: 'Ada' } }, error: { code: 'ok', message: '' } }));
    const { asked, browser, view } = await visit('tiktok', () => ({ ...bearer, open_id: 'open-1' }));
    approved(view);
    assert.equal(asked.searchParams.get('client_key'), client.clientId);
    assert.deepEqual(['client_key', 'client_secret'].map((name) => lastCall(tokenEndpoints['tiktok'] ?? '')?.form.get(name)), [client.clientId, client.clientSecret]);
    assert.equal(isAt((await browser.act('approve')).body, 'identify').linking?.reason, 'email_needed');
    const refused = await visit('tiktok', () => ({ error: 'invalid_grant', error_description: 'no', log_id: 'x' }));
    assert.equal(isAt(refused.view, 'leave-to-provider').problem, 'provider_failed');
    world.pages.set('https://open.tiktokapis.com/v2/user/info/', () => ({ data: {}, error: { code: 'access_token_invalid', message: 'no' } }));
    assert.equal(isAt((await visit('tiktok', () => bearer)).view, 'leave-to-provider').problem, 'provider_failed');
  });

  test('LinkedIn: ID tokens without a nonce', async () => {
    const { asked, view } = await visit('linkedin', withToken({ iss: 'https://www.linkedin.com/oauth', sub: 'ln-1', email: 'ada@linkedin.test', email_verified: 'true' }));
    assert.equal(asked.searchParams.has('nonce'), false);
    approved(view);
  });

  test('any OAuth 2.0 provider whose profile has depth, as the host’s function reads it; where that throws nobody is let in', async () => {
    world.pages.set('https://shop.example/me', () => ({ data: { id: 42, mail: { address: 'ada@shop.test', confirmed: true } } }));
    const { browser, view } = await visit('shop', () => bearer);
    approved(view);
    await browser.act('approve');
    const identity = await store.identities.find('https://shop.example', '42');
    const user = identity && (await store.users.find(identity.userId));
    assert.deepEqual([user?.email?.canonical, user?.email?.verifiedAt === undefined], ['ada@shop.test', false]);
    for (const body of [{ message: 'no' }, { data: { mail: {} } }, { data: { id: '', mail: {} } }]) {
      world.pages.set('https://shop.example/me', () => body);
      assert.equal(isAt((await visit('shop', () => bearer)).view, 'leave-to-provider').problem, 'provider_answer_invalid', JSON.stringify(body));
    }
  });

  test('none of their tokens is kept, and none of it was a fault of ours', () => {
    assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
  });
});
