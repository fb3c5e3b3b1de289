import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LoginPreferences } from '../model/login-preferences.ts';
import { defaultPreferences } from './default-preferences.ts';
import { describeStranded, listStranded, userKinds, type UserKind } from './list-stranded.ts';
import { mergePreferences } from './merge-preferences.ts';
import type { PreferencesInput } from './preferences-schema.ts';

const on = { isOn: true } as const;
const preferences = (said: PreferencesInput): LoginPreferences => mergePreferences(defaultPreferences, said);

/** What comes of each kind of people: not there, let in and back in, or stranded without the one or the other, or once their second factor is lost. */
type Outcome = 'none' | 'fine' | 'in' | 'back' | 'second';

/** An app's preferences, and what comes of an address, a number, an account at a provider, and a passkey. */
const table: readonly (readonly [name: string, said: PreferencesInput, ...outcomes: readonly [Outcome, Outcome, Outcome, Outcome]])[] = [
  ['codes by mail', { methods: { 'email-code': on } }, 'fine', 'none', 'none', 'none'],
  ['links by mail', { methods: { 'magic-link': on } }, 'fine', 'none', 'none', 'none'],
  ['codes by SMS', { methods: { 'sms-code': on } }, 'none', 'fine', 'none', 'none'],
  ['passwords beside mails', { methods: { 'password': on, 'email-code': on } }, 'fine', 'none', 'none', 'none'],
  ['passwords beside SMS', { methods: { 'password': on, 'sms-code': on } }, 'none', 'fine', 'none', 'none'],
  ['passwords beside SMS, and domains that lead to a provider', { methods: { 'password': on, 'sms-code': on, 'social': { ...on, domains: { 'corp.example': 'corp' } } } }, 'back', 'fine', 'fine', 'none'],
  ['a provider alone', { methods: { social: on } }, 'none', 'none', 'fine', 'none'],
  ['a provider and mails', { methods: { 'social': on, 'magic-link': on } }, 'fine', 'none', 'fine', 'none'],
  ['passkeys alone', { methods: { passkey: on } }, 'none', 'none', 'none', 'fine'],
  ['passkeys alone, of one device each', { methods: { passkey: { ...on, allowsSyncedPasskeys: false } } }, 'none', 'none', 'none', 'back'],
  ['the same, with support', { methods: { passkey: { ...on, allowsSyncedPasskeys: false } }, recovery: { supportUrl: 'mailto:help@example.org' } }, 'none', 'none', 'none', 'fine'],
  ['passkeys beside mails', { methods: { 'passkey': { ...on, allowsSyncedPasskeys: false }, 'email-code': on } }, 'fine', 'none', 'none', 'none'],
  ['a sign-up with a passkey alone, beside mails', { methods: { 'passkey': { ...on, allowsSignUpAlone: true }, 'email-code': on } }, 'fine', 'none', 'none', 'fine'],
  ['the same, of one device each', { methods: { 'passkey': { ...on, allowsSignUpAlone: true, allowsSyncedPasskeys: false }, 'email-code': on } }, 'fine', 'none', 'none', 'back'],
  ['a required second factor', { methods: { 'email-code': on, 'totp': on }, mfa: { policy: 'required' } }, 'fine', 'none', 'none', 'none'],
  ['a required second factor without recovery codes', { methods: { 'email-code': on, 'totp': on, 'recovery-code': { isOn: false } }, mfa: { policy: 'required' } }, 'second', 'none', 'none', 'none'],
  ['an optional one without recovery codes, for everybody', { methods: { 'email-code': on, 'sms-code': on, 'social': on, 'totp': on, 'passkey': { ...on, allowsSignUpAlone: true }, 'recovery-code': { isOn: false } }, mfa: { policy: 'optional' } }, 'second', 'second', 'second', 'fine'],
  ['the same, with support', { methods: { 'email-code': on, 'totp': on, 'recovery-code': { isOn: false } }, mfa: { policy: 'required' }, recovery: { supportUrl: 'https://help.example/' } }, 'fine', 'none', 'none', 'none'],
  ['passkeys that need not be both factors, beside authenticator apps without recovery codes', { methods: { 'passkey': { ...on, allowsSignUpAlone: true, userVerification: 'preferred' }, 'totp': on, 'recovery-code': { isOn: false } }, mfa: { policy: 'required' } }, 'none', 'none', 'none', 'second'],
  ['no second factor and no recovery codes', { methods: { 'email-code': on, 'recovery-code': { isOn: false } } }, 'fine', 'none', 'none', 'none'],
  ['everything', { methods: { 'email-code': on, 'magic-link': on, 'passkey': on, 'password': on, 'sms-code': on, 'social': on, 'totp': on }, mfa: { policy: 'required' } }, 'fine', 'fine', 'fine', 'none'],
];

describe('everybody gets in and back in', () => {
  for (const [name, said, ...outcomes] of table) {
    for (const [at, kind] of userKinds.entries()) {
      test(`${name}: somebody with ${kind} is ${outcomes[at]}`, () => {
        assert.equal(outcomeOf(kind, preferences(said)), outcomes[at]);
      });
    }
  }

  function outcomeOf(kind: UserKind, said: LoginPreferences): Outcome {
    const found = listStranded(said).filter((stranded) => stranded.kind === kind);
    assert.ok(found.length <= 1);
    const [stranded] = found;
    if (stranded?.hasSecondFactor === true) return 'second';
    if (stranded !== undefined) return stranded.cannot === 'get in' ? 'in' : 'back';
    return isThere(kind, said) ? 'fine' : 'none';
  }

  /** Told by what the first screen has, not by what is tested. */
  function isThere(kind: UserKind, { methods }: LoginPreferences): boolean {
    const takesMails = methods['email-code'].isOn || methods['magic-link'].isOn;
    const isTheOnly = !takesMails && !methods.password.isOn && !methods['sms-code'].isOn && !methods.social.isOn;
    const is: Readonly<Record<UserKind, boolean>> = {
      'an address': takesMails,
      'a number': methods['sms-code'].isOn,
      'an account at a provider': methods.social.isOn,
      'a passkey': methods.passkey.isOn && (isTheOnly || methods.passkey.allowsSignUpAlone),
    };
    return is[kind];
  }

  test('who is stranded is told of in words that say what to add', () => {
    const [stranded] = listStranded(preferences({ methods: { 'email-code': on, 'totp': on, 'recovery-code': { isOn: false } }, mfa: { policy: 'required' } }));
    assert.ok(stranded);
    assert.equal(describeStranded(stranded), "somebody with an address, who loses their second factor, could not recover: add methods['recovery-code'].isOn: true, or recovery.supportUrl");
  });
});
