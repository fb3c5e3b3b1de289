import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { authRefusal, oauthRefusal } from '../../test/oauth-refusal.ts';
import { confidentialClient, publicClient, shopSecret, startIssuer } from '../../test/start-issuer.ts';
import type { FlowId } from '../model/ids.ts';
import { claimPushedRequest, findPushedRequest, isPushedRequestUri, pushRequest } from './pushed-request.ts';

const parameters = {
  client_id: 'shop-web', response_type: 'code', redirect_uri: 'https://shop.example/callback', scope: 'openid', state: 'xyz',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256',
};
const flowId = 'flow-1' as FlowId;
const isInvalid = (attempt: Promise<unknown>): Promise<void> => assert.rejects(attempt, authRefusal('request_uri_invalid'));

describe('pushed authorization requests (RFC 9126)', () => {
  test('a push is found, and taken by one flow', async () => {
    const issuer = await startIssuer();
    const pushed = await pushRequest(parameters, publicClient, issuer);
    assert.match(pushed.request_uri, /^urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}$/u);
    assert.equal(pushed.expires_in, 90);
    assert.equal(isPushedRequestUri(pushed.request_uri), true);
    const reference = { requestUri: pushed.request_uri, client: publicClient };
    const { request } = await findPushedRequest(reference, issuer);
    assert.equal(request.state, 'xyz');
    assert.deepEqual(await claimPushedRequest({ ...reference, flowId }, issuer), request);
    await isInvalid(claimPushedRequest({ ...reference, flowId: 'flow-2' as FlowId }, issuer));
    issuer.advance(3_000);
    assert.deepEqual(await findPushedRequest(reference, issuer), { request, flowId });
  });

  test('of fifty flows at once, one takes it', async () => {
    const issuer = await startIssuer();
    const { request_uri: requestUri } = await pushRequest(parameters, publicClient, issuer);
    const claims = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => claimPushedRequest({ requestUri, client: publicClient, flowId: `flow-${index}` as FlowId }, issuer)));
    assert.equal(claims.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  test('it is another client’s, past or altered: it is not there', async () => {
    const issuer = await startIssuer();
    const { request_uri: requestUri } = await pushRequest(parameters, publicClient, issuer);
    await isInvalid(findPushedRequest({ requestUri, client: confidentialClient }, issuer));
    await isInvalid(claimPushedRequest({ requestUri, client: confidentialClient, flowId }, issuer));
    for (const other of [`${requestUri}A`, requestUri.slice(0, -1), requestUri.toUpperCase(), 'https://evil.example/request.jwt', '']) {
      await isInvalid(findPushedRequest({ requestUri: other, client: publicClient }, issuer));
    }
    issuer.advance(90);
    await isInvalid(findPushedRequest({ requestUri, client: publicClient }, issuer));
    await isInvalid(claimPushedRequest({ requestUri, client: publicClient, flowId }, issuer));
  });

  test('it is checked when it is pushed, in the form of an OAuth endpoint', async () => {
    const issuer = await startIssuer();
    const refuses = (changes: Record<string, string | readonly string[]>, error: Parameters<typeof oauthRefusal>[0]): Promise<void> =>
      assert.rejects(pushRequest({ ...parameters, ...changes }, publicClient, issuer), oauthRefusal(error));
    await refuses({ request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request');
    await refuses({ client_id: 'shop-backend' }, 'invalid_request');
    await refuses({ redirect_uri: 'https://evil.example' }, 'invalid_request');
    await refuses({ code_challenge_method: 'plain' }, 'invalid_request');
    await refuses({ response_type: 'token' }, 'unsupported_response_type');
    await refuses({ resource: 'https://evil.example' }, 'invalid_target');
    await refuses({ state: ['a', 'b'] }, 'invalid_request');
  });

  test('a client’s secret in the same form is not kept', async () => {
    const issuer = await startIssuer();
    const { request_uri: requestUri } = await pushRequest({ ...parameters, client_id: 'shop-backend', client_secret: shopSecret }, confidentialClient, issuer);
    const digest = issuer.vault.digest('request-uri', requestUri.split(':').at(-1) ?? '');
    const stored = await issuer.store.pushedRequests.find(digest, confidentialClient.id);
    assert.ok(stored);
    assert.doesNotMatch(JSON.stringify(stored), /secret/u);
  });

  test('a client that changed since is judged as it is now', async () => {
    const issuer = await startIssuer();
    const { request_uri: requestUri } = await pushRequest(parameters, publicClient, issuer);
    const moved = { ...publicClient, redirectUris: ['https://shop.example/elsewhere'] };
    await assert.rejects(findPushedRequest({ requestUri, client: moved }, issuer), authRefusal('redirect_uri_unregistered'));
  });
});
