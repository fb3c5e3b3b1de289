import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { preferencesSchema } from '../../preferences/preferences-schema.ts';
import { emailCode, emailCodeDefaults, magicLink, magicLinkDefaults, type EmailCodeOptions } from './email-options.ts';

function isAccepted(options: EmailCodeOptions): boolean {
  return preferencesSchema.safeParse({ methods: { 'email-code': emailCode(options).settings } }).success;
}

describe('the options of the e-mail methods', () => {
  test('turn a method on and leave the rest to the defaults', () => {
    assert.deepEqual(emailCode(), { method: 'email-code', settings: { isOn: true } });
    assert.deepEqual(magicLink({ lifetimeSeconds: 600 }), { method: 'magic-link', settings: { isOn: true, lifetimeSeconds: 600 } });
  });

  test('have the defaults that they document', () => {
    assert.deepEqual(emailCodeDefaults, {
      isOn: false,
      codeLength: 6,
      lifetimeSeconds: 300,
      attempts: 3,
      lockoutTiers: [{ attempts: 3, lockSeconds: 900 }, { attempts: 6, lockSeconds: 3_600 }, { attempts: 9, lockSeconds: 86_400 }],
      resendCooldownSeconds: 30,
      mailsPerHour: 5,
    });
    assert.deepEqual(magicLinkDefaults, { isOn: false, lifetimeSeconds: 300, resendCooldownSeconds: 30, mailsPerHour: 5 });
  });

  test('are refused out of their bounds', () => {
    for (const codeLength of [4, 6, 8]) assert.equal(isAccepted({ codeLength }), true);
    for (const codeLength of [3, 9, 6.5, NaN]) assert.equal(isAccepted({ codeLength }), false);
    for (const attempts of [1, 20]) assert.equal(isAccepted({ attempts }), true);
    for (const attempts of [0, 21]) assert.equal(isAccepted({ attempts }), false);
    assert.equal(isAccepted({ lockoutTiers: [{ attempts: 6, lockSeconds: 900 }, { attempts: 3, lockSeconds: 900 }] }), false);
  });
});
