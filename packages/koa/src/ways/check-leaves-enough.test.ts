import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { App } from '../model/app.ts';
import { AuthError } from '../model/auth-error.ts';
import type { LoginPreferences } from '../model/login-preferences.ts';
import { defaultPreferences } from '../preferences/default-preferences.ts';
import { identity, passkey, totp, user } from '../store/sample-records.contract.ts';
import { checkLeavesEnough } from './check-leaves-enough.ts';
import type { Possessions } from './possessions.ts';
import type { Providers } from './ways-in-of.ts';

type Methods = { readonly [Name in keyof LoginPreferences['methods']]?: Partial<LoginPreferences['methods'][Name]> };

function app(methods: Methods, mfa: Partial<LoginPreferences['mfa']> = {}): App {
  const merged = Object.fromEntries(Object.entries(defaultPreferences.methods).map(([name, settings]) => [name, { ...settings, isOn: false, ...methods[name as keyof Methods] }]));
  return {
    id: 'shop' as App['id'], name: 'Shop', allowsPublicSignup: true, isManagedByCode: true,
    preferences: { ...defaultPreferences, methods: merged as unknown as LoginPreferences['methods'], mfa: { ...defaultPreferences.mfa, ...mfa } },
  };
}

const providers: Providers = {
  providersOf: ({ preferences }) => (preferences.methods.social.isOn ? [{ id: 'corp', name: 'Corp' }, { id: 'other', name: 'Other' }] : []),
  findByDomain: ({ preferences }) => (Object.keys(preferences.methods.social.domains).length > 0 ? { id: 'corp', name: 'Corp' } : undefined),
};

const verifiedAt = new Date('2030-01-01T00:00:00Z');
const { phone: _phone, ...unphoned } = user();
const person = { ...unphoned, refusesPasskeyOffer: false } as Possessions['user'];
const proved = { ...person, email: { ...person.email, verifiedAt } } as Possessions['user'];
const nameless = (({ email: _email, ...rest }) => rest)(person) as Possessions['user'];
const phoned = { ...nameless, phone: { typed: '06', canonical: '+336', verifiedAt } } as Possessions['user'];
const nothing: Possessions = { user: nameless, hasPassword: false, passkeys: [], identities: [], totps: [] };
const key = passkey(person.id, { rpId: 'orders.example' });
const keys = { passkey: { isOn: true, rpId: 'orders.example' } } as const;
const left = (had: Possessions, apps: readonly App[], gone: Partial<Possessions> = { passkeys: [] }): string => {
  try {
    checkLeavesEnough({ had, left: { ...had, ...gone } }, apps, providers);
    return 'goes';
  } catch (error) {
    assert.ok(error instanceof AuthError);
    return error.code;
  }
};

describe('what must be left of what leads into an account', () => {
  const cases: Readonly<Record<string, readonly [had: Partial<Possessions>, apps: readonly App[], result: string]>> = {
    'nothing else': [{}, [app(keys)], 'last_way_in'],
    'a proved mailbox, with codes by mail': [{ user: proved }, [app({ ...keys, 'email-code': { isOn: true } })], 'goes'],
    'a proved mailbox, with links by mail': [{ user: proved }, [app({ ...keys, 'magic-link': { isOn: true } })], 'goes'],
    'a proved mailbox, without mails': [{ user: proved }, [app(keys)], 'last_way_in'],
    'an address that was never proved': [{ user: person }, [app({ ...keys, 'email-code': { isOn: true } })], 'last_way_in'],
    'a proved mailbox whose domain belongs to a provider': [{ user: proved }, [app({ ...keys, 'email-code': { isOn: true }, 'social': { isOn: true, domains: { 'example.org': 'corp' } } })], 'last_way_in'],
    'the same with a number and a password, which lead to that provider': [{ user: { ...proved, phone: phoned.phone } as Possessions['user'], hasPassword: true }, [app({ ...keys, 'password': { isOn: true }, 'sms-code': { isOn: true }, 'social': { isOn: true, domains: { 'example.org': 'corp' } } })], 'last_way_in'],
    'the same with an account at that provider': [{ user: proved, identities: [identity(person.id)] }, [app({ ...keys, social: { isOn: true, domains: { 'example.org': 'corp' } } })], 'goes'],
    'the same with an account at another provider': [{ user: proved, identities: [identity(person.id, { provider: 'other' })] }, [app({ ...keys, social: { isOn: true, domains: { 'example.org': 'corp' } } })], 'last_way_in'],
    'an account at that other provider, of whoever has another address': [{ user: person, identities: [identity(person.id, { provider: 'other' })] }, [app({ ...keys, social: { isOn: true } })], 'goes'],
    'a proved number, with SMS': [{ user: phoned }, [app({ ...keys, 'sms-code': { isOn: true } })], 'goes'],
    'a proved number, without SMS': [{ user: phoned }, [app({ ...keys, 'email-code': { isOn: true } })], 'last_way_in'],
    'a password and an address to type': [{ user: person, hasPassword: true }, [app({ ...keys, 'password': { isOn: true }, 'email-code': { isOn: true } })], 'goes'],
    'a password and nothing to type': [{ hasPassword: true }, [app({ ...keys, 'password': { isOn: true }, 'email-code': { isOn: true } })], 'last_way_in'],
    'a password where passwords are off': [{ user: person, hasPassword: true }, [app({ ...keys, 'email-code': { isOn: true } })], 'last_way_in'],
    'a provider that is on': [{ identities: [identity(person.id)] }, [app({ ...keys, social: { isOn: true } })], 'goes'],
    'a provider that is off': [{ identities: [identity(person.id)] }, [app(keys)], 'last_way_in'],
    'a provider that is not set up any more': [{ identities: [identity(person.id, { provider: 'gone' })] }, [app({ ...keys, social: { isOn: true } })], 'last_way_in'],
    'an authenticator app, which is no first factor': [{ totps: [totp(person.id)] }, [app({ ...keys, totp: { isOn: true } })], 'last_way_in'],
    'a way into one app, none into another': [{ user: proved }, [app({ ...keys, 'email-code': { isOn: true } }), app(keys)], 'last_way_in'],
    'an app that nothing led into before': [{ user: proved }, [app({ ...keys, 'email-code': { isOn: true } }), app({ 'sms-code': { isOn: true } })], 'goes'],
  };
  for (const [what, [had, apps, result]] of Object.entries(cases)) {
    test(`${what}: the passkey ${result === 'goes' ? 'goes' : 'stays'}`, () => assert.equal(left({ ...nothing, passkeys: [key], ...had }, apps), result));
  }

  test('a passkey of another place, or of a model that is not let in any more, is no way in', () => {
    const blocked = { passkey: { ...keys.passkey, aaguidBlockList: ['bada5566-a7aa-401f-bd96-45619a55120d'] } };
    const others = [passkey(person.id, { rpId: 'elsewhere.example' }), passkey(person.id, { aaguid: 'BADA5566-a7aa-401f-bd96-45619a55120d' })];
    for (const other of others) assert.equal(left({ ...nothing, passkeys: [key, other] }, [app(blocked)], { passkeys: [other] }), 'last_way_in');
    assert.equal(left({ ...nothing, passkeys: [key, passkey(person.id)] }, [app(blocked)], { passkeys: [key] }), 'goes');
  });

  test('a passkey that may be synced is no way in where the app takes those no more', () => {
    const own = passkey(person.id, { isBackupEligible: false });
    const synced = { ...keys.passkey, allowsSyncedPasskeys: false };
    assert.equal(left({ ...nothing, passkeys: [own, key] }, [app({ passkey: synced })], { passkeys: [key] }), 'last_way_in');
    assert.equal(left({ ...nothing, passkeys: [own, key] }, [app({ passkey: synced })], { passkeys: [own] }), 'goes');
  });

  describe('of second factors', () => {
    const mailed = { 'email-code': { isOn: true }, 'totp': { isOn: true } } as const;
    const has = { ...nothing, user: proved, totps: [totp(person.id)] };
    const withoutTotp = { totps: [] };
    test('the last one stays where the policy requires one, and goes where it does not', () => {
      assert.equal(left(has, [app(mailed, { policy: 'required', methods: ['totp'] })], withoutTotp), 'last_second_factor');
      for (const policy of ['optional', 'off'] as const) assert.equal(left(has, [app(mailed, { policy, methods: ['totp'] })], withoutTotp), 'goes');
    });
    test('a passkey that verifies its user is both, and one of another channel is second to a mail', () => {
      const required = { policy: 'required', methods: ['totp', 'passkey'] } as const;
      assert.equal(left({ ...has, passkeys: [key] }, [app({ ...mailed, ...keys }, required)], withoutTotp), 'goes');
      assert.equal(left({ ...has, totps: [], passkeys: [key] }, [app({ ...mailed, ...keys }, required)]), 'last_second_factor');
      assert.equal(left({ ...has, passkeys: [{ ...key, isUserVerified: false }] }, [app({ ...mailed, passkey: { ...keys.passkey, userVerification: 'preferred' } }, { ...required, methods: ['totp'] })], withoutTotp), 'last_second_factor');
    });
    test('a password is on the mailbox’s channel, and no second to it', () => {
      const methods = { ...mailed, password: { isOn: true } };
      assert.equal(left({ ...has, hasPassword: true }, [app(methods, { policy: 'required', methods: ['totp'] })], withoutTotp), 'last_second_factor');
    });
    test('whoever had none before loses nothing by what goes', () => {
      const social = { ...mailed, social: { isOn: true } };
      assert.equal(left({ ...has, totps: [], identities: [identity(person.id)] }, [app(social, { policy: 'required', methods: ['totp'] })], { identities: [] }), 'goes');
    });
  });
});
