import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clientRecord } from '../../test/client-record.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import type { Digest, SessionId, UserId } from '../model/ids.ts';
import type { Proof } from '../model/proof.ts';
import type { Session } from '../model/session.ts';
import { acrOf } from './acr-of.ts';
import { amrOf, authenticatedAt } from './amr-of.ts';
import { satisfiesRequest, type Candidate } from './satisfies-request.ts';

const noon = new Date('2026-06-01T12:00:00Z');
const later = (seconds: number): Date => new Date(noon.getTime() + seconds * 1_000);
const emailCode: Proof = { method: 'email-code', provedAt: noon, amr: ['email', 'otp'], isPhishingResistant: false, isMultiFactor: false };
const link: Proof = { method: 'magic-link', provedAt: later(5), amr: ['email'], isPhishingResistant: false, isMultiFactor: false };
const passkey: Proof = { method: 'passkey', provedAt: later(10), amr: ['swk', 'user'], isPhishingResistant: true, isMultiFactor: true };
const plain = { provedAt: noon, isPhishingResistant: false, isMultiFactor: false } as const;
const password: Proof = { method: 'password', amr: ['pwd'], ...plain };
const totp: Proof = { method: 'totp', amr: ['otp'], ...plain };
const recoveryCode: Proof = { method: 'recovery-code', amr: ['recovery'], ...plain };
const touchedKey: Proof = { method: 'passkey', provedAt: later(20), amr: ['hwk'], isPhishingResistant: true, isMultiFactor: false };

const sessionOf = (...proofs: readonly Proof[]): Session => ({
  id: 's1' as SessionId,
  secretDigest: 'd' as Digest,
  userId: 'mia' as UserId,
  proofs,
  origin: { browser: 'Firefox on Linux', address: '192.0.2.1' },
  createdAt: noon,
  lastUsedAt: noon,
  idleExpiresAt: later(86_400),
  expiresAt: later(86_400),
});
const usual: AuthorizationRequest = {
  redirectUri: 'https://shop.example/callback', scopes: ['openid'], resources: [], claims: { idToken: {}, userinfo: {} }, acrValues: [], prompts: [], uiLocales: [], wantsNewUser: false,
};
const judge = (request: Partial<AuthorizationRequest>, rest: Partial<Candidate> = {}): string => {
  const result = satisfiesRequest({ session: sessionOf(emailCode), client: clientRecord(), now: later(60), isBelowPolicy: false, ...rest, request: { ...usual, ...request } });
  return result.satisfied ? 'satisfied' : result.error;
};
const flow = { startedAt: later(-30), hasConsented: false };

describe('whether a session satisfies a request (OpenID Connect Core, section 3.1.2)', () => {
  test('a plain request is satisfied by any session', () => assert.equal(judge({}), 'satisfied'));

  test('a session below its app’s policy satisfies nothing, before a flow or after it', () => {
    assert.equal(judge({}, { isBelowPolicy: true }), 'interaction_required');
    assert.equal(judge({}, { isBelowPolicy: true, flow }), 'interaction_required');
  });

  test('prompt=login wants a proof that was made for this request', () => {
    assert.equal(judge({ prompts: ['login'] }), 'login_required');
    assert.equal(judge({ prompts: ['login'] }, { flow }), 'satisfied');
    assert.equal(judge({ prompts: ['login'] }, { flow: { startedAt: later(1), hasConsented: true } }), 'login_required');
  });

  test('prompt=select_account is satisfied by a flow, where the person chose', () => {
    assert.equal(judge({ prompts: ['select_account'] }), 'account_selection_required');
    assert.equal(judge({ prompts: ['select_account'] }, { flow: { startedAt: later(1), hasConsented: false } }), 'satisfied');
  });

  test('consent is asked for by the request or by the client, each time', () => {
    const strict = clientRecord({ requiresConsent: true });
    assert.equal(judge({ prompts: ['consent'] }), 'consent_required');
    assert.equal(judge({}, { client: strict }), 'consent_required');
    assert.equal(judge({ prompts: ['none'] }, { client: strict }), 'consent_required');
    assert.equal(judge({ prompts: ['consent'] }, { flow }), 'consent_required');
    assert.equal(judge({ prompts: ['consent'] }, { flow: { ...flow, hasConsented: true } }), 'satisfied');
  });

  test('max_age counts from the newest proof, to the second', () => {
    assert.equal(judge({ maxAgeSeconds: 60 }), 'satisfied');
    assert.equal(judge({ maxAgeSeconds: 60 }, { now: later(61) }), 'login_required');
    assert.equal(judge({ maxAgeSeconds: 55 }, { session: sessionOf(emailCode, link) }), 'satisfied');
  });

  test('max_age=0 always wants a new proof, even within the same second', () => {
    assert.equal(judge({ maxAgeSeconds: 0 }, { now: noon }), 'login_required');
    assert.equal(judge({ maxAgeSeconds: 0 }, { flow }), 'satisfied');
  });

  test('max_age is met by the proof of a flow, however long the person took afterwards', () => {
    assert.equal(judge({ maxAgeSeconds: 5 }, { flow, now: later(300) }), 'satisfied');
    assert.equal(judge({ maxAgeSeconds: 5 }, { flow: { ...flow, startedAt: later(1) }, now: later(300) }), 'login_required');
  });

  test('a sub claim of another user wants another sign-in', () => {
    const sub = (value: string): Partial<AuthorizationRequest> => ({ claims: { idToken: { sub: { value } }, userinfo: {} } });
    assert.equal(judge({ ...sub('leo'), prompts: ['none'] }), 'login_required');
    assert.equal(judge({ claims: { idToken: {}, userinfo: { sub: { values: ['leo', 'ann'] } } } }), 'login_required');
    assert.equal(judge(sub('mia')), 'satisfied');
    assert.equal(judge(sub('leo')), 'login_required');
    assert.equal(judge(sub('leo'), { flow }), 'login_required');
  });

  test('a wished acr is asked for once, and fails nothing', () => {
    assert.equal(judge({ acrValues: ['phr'] }), 'login_required');
    assert.equal(judge({ acrValues: ['phr', 'single'] }), 'satisfied');
    assert.equal(judge({ acrValues: ['phr'] }, { flow }), 'satisfied');
    assert.equal(judge({ acrValues: ['phr'], prompts: ['none'] }), 'satisfied');
    assert.equal(judge({ acrValues: ['phr'] }, { session: sessionOf(passkey) }), 'satisfied');
  });

  test('an essential acr is met or the request fails, also after a flow', () => {
    const essential: Partial<AuthorizationRequest> = { claims: { idToken: { acr: { essential: true, values: ['phr'] } }, userinfo: {} } };
    assert.equal(judge(essential), 'unmet_authentication_requirements');
    assert.equal(judge(essential, { flow }), 'unmet_authentication_requirements');
    assert.equal(judge({ ...essential, prompts: ['none'] }), 'unmet_authentication_requirements');
    assert.equal(judge(essential, { session: sessionOf(emailCode, touchedKey) }), 'satisfied');
  });
});

describe('amr, acr and auth_time (RFC 8176; OpenID Connect Core, section 2)', () => {
  const table: readonly (readonly [string, readonly Proof[], string, readonly string[]])[] = [
    ['an e-mail code', [emailCode], 'single', ['email', 'otp']],
    ['a link', [link], 'single', ['email']],
    ['a code and a link, which are one factor', [emailCode, link], 'single', ['email', 'otp']],
    ['a passkey with user verification', [passkey], 'phr', ['swk', 'user', 'mfa']],
    ['a security key that was only touched', [touchedKey], 'phr', ['hwk']],
    ['a code and a touched key, which are two things to take', [emailCode, touchedKey], 'phr', ['email', 'otp', 'hwk', 'mfa']],
    ['a password and an authenticator app', [password, totp], 'mfa', ['pwd', 'otp', 'mfa']],
    ['a code and an authenticator app', [emailCode, totp], 'mfa', ['email', 'otp', 'mfa']],
    ['a password and a recovery code', [password, recoveryCode], 'mfa', ['pwd', 'recovery', 'mfa']],
    ['a password and a code of the mailbox that replaces it', [password, emailCode], 'single', ['pwd', 'email', 'otp']],
    ['a code and a passkey', [emailCode, passkey], 'phr', ['email', 'otp', 'swk', 'user', 'mfa']],
  ];
  for (const [name, proofs, acr, amr] of table) {
    test(`${name} gives ${acr}`, () => {
      assert.equal(acrOf(proofs, usual), acr);
      assert.deepEqual(amrOf(proofs), amr);
    });
  }

  test('of the levels that are reached, the client gets the first that it wished for', () => {
    assert.equal(acrOf([passkey], { ...usual, acrValues: ['mfa', 'phr'] }), 'mfa');
    assert.equal(acrOf([touchedKey], { ...usual, acrValues: ['mfa'] }), 'phr');
    assert.equal(acrOf([passkey], { acrValues: ['phr'], claims: { idToken: { acr: { value: 'mfa' } }, userinfo: {} } }), 'mfa');
  });

  test('auth_time is that of the newest proof', () => {
    assert.deepEqual(authenticatedAt([passkey, emailCode], noon), later(10));
    assert.deepEqual(authenticatedAt([], noon), noon);
  });
});
