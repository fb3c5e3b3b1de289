import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { processDiscoveryResponse } from 'oauth4webapi';
import { serverMetadata } from './server-metadata.ts';

const read = (issuer: string): ReturnType<typeof processDiscoveryResponse> =>
  processDiscoveryResponse(new URL(issuer), Response.json(serverMetadata({ issuer })));

describe('server metadata (OpenID Connect Discovery 1.0, section 3; RFC 8414, section 2)', () => {
  test('an independent client reads it, with and without a path in the issuer', async () => {
    assert.equal((await read('https://login.example')).token_endpoint, 'https://login.example/token');
    const below = await read('https://shop.example/auth');
    assert.equal(below.issuer, 'https://shop.example/auth');
    assert.equal(below.authorization_endpoint, 'https://shop.example/auth/authorize');
  });

  test('every endpoint lies below the issuer', () => {
    const metadata = serverMetadata({ issuer: 'https://login.example/auth' });
    const endpoints = Object.entries(metadata).filter(([name]) => name.endsWith('_endpoint') || name === 'jwks_uri');
    assert.equal(endpoints.length, 8);
    for (const [, url] of endpoints) assert.match(String(url), /^https:\/\/login\.example\/auth\/[a-z]+$/u);
  });

  test('it promises what the certification asks for, and nothing that is not there', () => {
    const metadata = serverMetadata({ issuer: 'https://login.example' });
    assert.deepEqual(metadata['response_types_supported'], ['code']);
    assert.deepEqual(metadata['code_challenge_methods_supported'], ['S256']);
    assert.deepEqual(metadata['subject_types_supported'], ['public']);
    assert.ok(metadata['id_token_signing_alg_values_supported']?.toString().includes('RS256'));
    assert.equal(metadata['authorization_response_iss_parameter_supported'], true);
    assert.equal(metadata['request_parameter_supported'], false);
    assert.equal(metadata['request_uri_parameter_supported'], false);
    assert.ok(metadata['revocation_endpoint_auth_methods_supported']?.toString().includes('none'));
    assert.deepEqual(metadata['introspection_endpoint_auth_methods_supported'], ['client_secret_basic', 'client_secret_post']);
  });

  test('no list in it is empty', () => {
    for (const [name, value] of Object.entries(serverMetadata({ issuer: 'https://login.example' }))) assert.notDeepEqual(value, [], name);
    assert.deepEqual(serverMetadata({ issuer: 'https://login.example', languages: ['de', 'en'] })['ui_locales_supported'], ['de', 'en']);
  });
});
