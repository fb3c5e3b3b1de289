/** A misspelt option is told by its name as the service starts, also in plain JavaScript. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import {
  apple, createAuth, devInbox, emailCode, facebook, github, google, hcaptcha, line, linkedin, microsoft, oauth2, oidc, password, postgres, recaptcha,
  smsWebhook, smtp, social, sqlite, tiktok, turnstile, twilio,
} from '../src/index.ts';

const typo = { misspelt: true };
const registered = { clientId: 'a', clientSecret: 'b' };
const site = { siteKey: 'a', secret: 'b' };
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
const issuer = 'https://login.example';

const calls: Readonly<Record<string, (more: object) => unknown>> = {
  'sqlite()': (more) => sqlite(':memory:', { synchronous: 'full', ...more }),
  'postgres()': (more) => postgres('postgres://localhost/portico', { poolSize: 5, ...more }),
  'social()': (more) => social({ providers: [google(registered)], ...more }),
  'google()': (more) => google({ ...registered, ...more }),
  'apple()': (more) => apple({ clientId: 'a', teamId: 'b', keyId: 'c', privateKey, ...more }),
  'microsoft()': (more) => microsoft({ ...registered, tenant: 'common', ...more }),
  'github()': (more) => github({ ...registered, server: 'https://github.com', ...more }),
  'facebook()': (more) => facebook({ ...registered, ...more }),
  'line()': (more) => line({ ...registered, ...more }),
  'tiktok()': (more) => tiktok({ ...registered, ...more }),
  'linkedin()': (more) => linkedin({ ...registered, ...more }),
  'oidc()': (more) => oidc({ ...registered, id: 'corp', name: 'Corp', issuer, scope: 'openid', isEmailTrusted: true, ...more }),
  'oauth2()': (more) => oauth2({ ...registered, id: 'corp', name: 'Corp', authorizationEndpoint: `${issuer}/a`, tokenEndpoint: `${issuer}/t`, profileEndpoint: `${issuer}/p`, scope: 'a', ...more }),
  'smtp()': (more) => smtp('smtp://localhost', { from: 'login@example.com', ...more }),
  'twilio()': (more) => twilio({ accountSid: `AC${'0'.repeat(32)}`, authToken: 'a', from: '+4930123456', ...more }),
  'smsWebhook()': (more) => smsWebhook('https://sms.example', { secret: `whsec_${Buffer.alloc(32).toString('base64')}`, ...more }),
  'turnstile()': (more) => turnstile({ ...site, ...more }),
  'hcaptcha()': (more) => hcaptcha({ ...site, hosts: ['example.com'], ...more }),
  'recaptcha()': (more) => recaptcha({ ...site, leastScore: 0.7, ...more }),
  'password(), hashing,': (more) => password({ hashing: { passes: 3, ...more } }),
  'password(), breachRange,': (more) => password({ breachRange: { onFailure: 'refuse', ...more } }),
};

for (const [name, call] of Object.entries(calls)) {
  test(`${name} says that it has no option of that name, and which ones it has`, () => {
    call({});
    assert.throws(() => call(typo), (fault: Error) => fault.message.startsWith(`${name} has no option "misspelt". It has: `));
  });
}

test('what a method is told under a wrong name is refused with the preferences', async () => {
  await assert.rejects(createAuth({
    issuer: 'http://localhost:3000', store: sqlite(':memory:'), secret: 'a secret of a host that only this test knows of', methods: [emailCode({ codeLength: 6, ...typo })], mailer: devInbox(),
    apps: [{ id: 'notes', name: 'Notes', clients: [] }],
  }), /misspelt/);
});
