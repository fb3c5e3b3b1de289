import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { Browser } from './browser.ts';
import { signInAt } from './relying-party.ts';
import { clientSecret, spaClient, startPortico, webClient, type Portico } from './start-portico.ts';

/** The issuer of the tests is on this machine, without TLS; everything else is as the libraries have it. */
const lax = { [oauth.allowInsecureRequests]: true };

describe('relying-party libraries sign in by discovery alone', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico({ clients: (origin) => [webClient(origin), { ...webClient(origin), id: 'notes-rsa', idTokenAlgorithm: 'RS256' }, spaClient(origin)] });
  });
  after(() => service.close());

  /** What the person does between the two halves. */
  const login = async (address: URL, email: string): Promise<URL> => {
    const browser = new Browser(service);
    return new URL(await signInAt(browser, await browser.fetch(address.href), { service, email }));
  };

  for (const [name, id, secret, path] of [
    ['a confidential client', 'notes-web', clientSecret, '/callback'],
    ['a confidential client that wants RS256', 'notes-rsa', clientSecret, '/callback'],
    ['a public client', 'notes-spa', undefined, '/spa'],
  ] as const) {
    test(`openid-client, as ${name}`, async () => {
      const authentication = secret === undefined ? openid.None() : openid.ClientSecretBasic(secret);
      const metadata = id === 'notes-rsa' ? { id_token_signed_response_alg: 'RS256' } : {};
      const config = await openid.discovery(new URL(service.issuer), id, metadata, authentication, { execute: [openid.allowInsecureRequests] });
      const verifier = openid.randomPKCECodeVerifier();
      const state = openid.randomState();
      const nonce = openid.randomNonce();
      const address = openid.buildAuthorizationUrl(config, {
        redirect_uri: `${service.origin}${path}`,
        scope: 'openid email offline_access',
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state, nonce, create_new_user: 'true', max_age: '600',
      });
      const email = `openid-client-${id}@example.test`;
      const tokens = await openid.authorizationCodeGrant(config, await login(address, email), { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, maxAge: 600 });
      const subject = tokens.claims()?.sub ?? '';
      assert.equal((await openid.fetchUserInfo(config, tokens.access_token, subject)).email, email);
      const next = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
      assert.equal(next.claims()?.sub, subject);
      if (secret !== undefined) {
        const known = await openid.tokenIntrospection(config, next.access_token);
        assert.deepEqual([known.active, known.sub, known.client_id, known.token_type], [true, subject, id, 'Bearer']);
        assert.equal((await openid.tokenIntrospection(config, next.refresh_token ?? '', { token_type_hint: 'refresh_token' })).active, true);
        assert.deepEqual(await openid.tokenIntrospection(config, tokens.refresh_token ?? ''), { active: false });
      }
      await openid.tokenRevocation(config, next.refresh_token ?? '');
      await assert.rejects(openid.refreshTokenGrant(config, next.refresh_token ?? ''), /invalid_grant|error/);
      const end = openid.buildEndSessionUrl(config, { id_token_hint: next.id_token ?? '' });
      assert.equal((await new Browser(service).fetch(end.href)).status, 200);
    });

    test(`oauth4webapi, as ${name}`, async () => {
      const issuer = new URL(service.issuer);
      const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...lax, algorithm: 'oidc' }));
      const byRfc8414 = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...lax, algorithm: 'oauth2' }));
      assert.deepEqual(byRfc8414, server);
      const client: oauth.Client = { client_id: id, ...(id === 'notes-rsa' ? { id_token_signed_response_alg: 'RS256' } : {}) };
      const authentication = secret === undefined ? oauth.None() : oauth.ClientSecretPost(secret);
      const verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const nonce = oauth.generateRandomNonce();
      const redirectUri = `${service.origin}${path}`;
      const request = new URLSearchParams({
        client_id: id, redirect_uri: redirectUri, response_type: 'code', scope: 'openid email offline_access', state, nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', create_new_user: 'true',
      });
      const pushed = await oauth.processPushedAuthorizationResponse(server, client, await oauth.pushedAuthorizationRequest(server, client, authentication, request, lax));
      const address = new URL(server.authorization_endpoint ?? '');
      address.search = new URLSearchParams({ client_id: id, request_uri: pushed.request_uri }).toString();
      const email = `oauth4webapi-${id}@example.test`;
      const answer = oauth.validateAuthResponse(server, client, await login(address, email), state);
      const reply = await oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirectUri, verifier, lax);
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, reply, { expectedNonce: nonce, requireIdToken: true });
      await oauth.validateApplicationLevelSignature(server, reply, lax);
      const subject = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? '';
      const userinfo = await oauth.processUserInfoResponse(server, client, subject, await oauth.userInfoRequest(server, client, tokens.access_token, lax));
      assert.equal(userinfo.email, email);
      const refreshed = await oauth.processRefreshTokenResponse(server, client, await oauth.refreshTokenGrantRequest(server, client, authentication, tokens.refresh_token ?? '', lax));
      assert.notEqual(refreshed.refresh_token, tokens.refresh_token);
      const asked = await oauth.introspectionRequest(server, client, authentication, refreshed.access_token, lax);
      if (secret === undefined) await assert.rejects(oauth.processIntrospectionResponse(server, client, asked), { error: 'invalid_client', status: 401 });
      else assert.equal((await oauth.processIntrospectionResponse(server, client, asked)).sub, subject);
      await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, authentication, refreshed.refresh_token ?? '', lax));
    });
  }
});
