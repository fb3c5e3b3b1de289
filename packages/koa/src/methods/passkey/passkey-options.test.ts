import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import { derivePasskeyOrigins, listPasskeyFaults, passkey, passkeyDefaults } from './passkey-options.ts';

const good: PasskeyPreferences = { ...passkeyDefaults, rpId: 'example.com', origins: ['https://login.example.com'] };
const faultsOf = (change: Partial<PasskeyPreferences>) => listPasskeyFaults({ ...good, ...change }).map(({ path }) => path);

describe('passkey()', () => {
  test('switches the method on with what the host says', () => {
    assert.deepEqual(passkey(), { method: 'passkey', settings: { isOn: true } });
    assert.deepEqual(passkey({ rpId: 'example.com' }), { method: 'passkey', settings: { rpId: 'example.com', isOn: true } });
  });

  test('defaults to required user verification, no attestation and no frames', () => {
    const { isOn, userVerification, attestation, topOrigins } = passkeyDefaults;
    assert.deepEqual({ isOn, userVerification, attestation, topOrigins }, { isOn: true, userVerification: 'required', attestation: 'none', topOrigins: [] });
  });
});

describe('the origins of passkeys', () => {
  test('are the issuer’s and those of clients at or below the RP id, each once', () => {
    const clients = ['https://shop.example.com', 'https://example.com', 'https://shop.example.com', 'https://other.test', 'https://notexample.com'];
    assert.deepEqual(derivePasskeyOrigins('https://login.example.com/auth', 'example.com', clients), [
      'https://login.example.com', 'https://shop.example.com', 'https://example.com',
    ]);
  });

  test('leave a port where it is', () => {
    assert.deepEqual(derivePasskeyOrigins('http://localhost:3000', 'localhost', ['http://localhost:5173']), ['http://localhost:3000', 'http://localhost:5173']);
  });
});

describe('passkey preferences are at fault', () => {
  test('never with the defaults, an RP id and an origin below it', () => {
    assert.deepEqual(faultsOf({}), []);
    assert.deepEqual(faultsOf({ rpId: 'localhost', origins: ['http://localhost:3000', 'http://shop.localhost:3000'] }), []);
  });

  const badRpIds = [
    '', 'com', '192.0.2.1', '127.0.0.1', '[::1]', '::1',
    'https://example.com', 'example.com:443', 'Example.com', '.example.com', 'example.com.', 'exa mple.com', '1.0x7f', 'co.uk', 'github.io',
  ];
  for (const rpId of badRpIds) {
    test(`with the RP id "${rpId}"`, () => {
      assert.ok(faultsOf({ rpId }).includes('methods.passkey.rpId'));
    });
  }

  const badOrigins = [
    'http://other.test', 'https://192.0.2.1', 'https://[2001:db8::1]', 'https://localhost', 'https://co.uk', 'https://github.io',
    'http://login.example.com', 'https://login.example.com/', 'login.example.com', 'https://LOGIN.example.com', '',
  ];
  for (const origin of badOrigins) {
    test(`with the origin "${origin}"`, () => {
      assert.deepEqual(faultsOf({ origins: ['https://example.com', origin] }), ['methods.passkey.origins.1']);
    });
  }

  test('never with a few related origins, a name in many countries and with many pages counting once', () => {
    const countries = ['https://example.co.uk', 'https://www.example.de', 'https://shop.example.de:8443', 'https://example.github.io'];
    const others = ['https://two.test', 'https://three.test', 'https://four.test', 'https://five.test'];
    assert.deepEqual(faultsOf({ origins: ['https://example.com', 'https://other.example.com', ...countries, ...others] }), []);
  });

  test('with a sixth name outside of the RP id, which browsers may leave out', () => {
    const origins = ['https://one.test', 'https://two.test', 'https://three.test', 'https://four.test', 'https://five.test', 'https://six.test', 'https://one.example'];
    assert.deepEqual(faultsOf({ origins }), ['methods.passkey.origins.5']);
  });

  test('without an origin', () => {
    assert.deepEqual(faultsOf({ origins: [] }), ['methods.passkey.origins']);
  });

  test('with a top origin that is none', () => {
    const faults = faultsOf({ topOrigins: ['https://partner.test', 'partner.test', 'http://partner.test'] });
    assert.deepEqual(faults, ['methods.passkey.topOrigins.1', 'methods.passkey.topOrigins.2']);
  });

  test('with both an allow list and a block list', () => {
    const aaguid = 'd548826e-79b4-db40-a3d8-11116f7e8349';
    assert.deepEqual(faultsOf({ aaguidAllowList: [aaguid], aaguidBlockList: [aaguid] }), ['methods.passkey.aaguidBlockList']);
    assert.deepEqual(faultsOf({ aaguidAllowList: [aaguid] }), []);
  });
});
