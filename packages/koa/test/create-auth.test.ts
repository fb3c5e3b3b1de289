import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accessCode, createAuth, devInbox, emailCode, passkey, password, smsCode, sqlite, totp, type AuthOptions, type ClientOptions } from '../src/index.ts';

const client: ClientOptions = { id: 'web', isPublic: true, redirectUris: ['https://app.example/callback'] };
const options = (changes: Partial<AuthOptions> = {}): AuthOptions => ({
  issuer: 'https://login.example/auth',
  store: sqlite(':memory:'),
  secret: 'a-secret-of-the-host-that-is-long-enough',
  methods: [emailCode(), passkey()],
  mailer: devInbox(),
  apps: [{ id: 'app', name: 'App', clients: [client] }],
  log: { info: () => {}, warn: () => {}, error: () => {} },
  ...changes,
});
const ofClient = (changes: Partial<ClientOptions>): AuthOptions => options({ apps: [{ id: 'app', name: 'App', clients: [{ ...client, ...changes }] }] });
/** Codes count as second beside passwords, which another app has an SMS replace. */
const counting = (policy: 'optional' | 'required', by?: ('email' | 'sms')[], other: ('email' | 'sms')[] = ['sms']): AuthOptions => options({
  methods: [password(), emailCode(), smsCode({ countries: ['DE'] })],
  smsSender: devInbox(),
  apps: [
    { id: 'app', name: 'App', clients: [client], preferences: { mfa: { policy, methods: by === undefined ? ['sms-code'] : ['sms-code', 'email-code'] }, ...(by === undefined ? {} : { recovery: { by } }) } },
    { id: 'other', name: 'Other', clients: [{ ...client, id: 'other' }], preferences: { recovery: { by: other } } },
  ],
});

describe('starting up', () => {
  test('good options start a service, which closes', async () => {
    const auth = await createAuth(options());
    assert.equal(auth.issuer, 'https://login.example/auth');
    assert.equal((await auth.jwks()).keys.length, 2);
    await auth.close();
  });

  for (const [name, given, message] of [
    ['an issuer without TLS', options({ issuer: 'http://login.example' }), /issuer must be https/],
    ['an issuer with a slash at its end', options({ issuer: 'https://login.example/' }), /no slash at its end/],
    ['an issuer with a query', options({ issuer: 'https://login.example/?a=b' }), /issuer must be an address/],
    ['an issuer with a user name', options({ issuer: 'https://me@login.example' }), /issuer must be an address/],
    ['an issuer that is no address', options({ issuer: 'login.example' }), /issuer must be an address/],
    ['no secret', options({ secret: undefined }), /32 characters or more of random text.*\n.*at secret/],
    ['a short secret', options({ secret: 'short' }), /secret is too short: 5 characters, 32 are needed/],
    ['a short secret in a ring', options({ secret: { current: 'a', keys: { a: 'short' } } }), /secret\.keys\["a"\] is too short/],
    ['an option that is unknown', options({ mailler: devInbox() } as Partial<AuthOptions>), /Unrecognized key: "mailler"/],
    ['no mailer', options({ mailer: undefined } as unknown as AuthOptions), /smtp\(url, \{ from \}\).*\n.*at mailer/],
    ['a file in place of a store', options({ store: 'portico.db' as unknown as AuthOptions['store'] }), /sqlite\('portico\.db'\).*\n.*at store/],
    ['a method that was not called', options({ methods: [emailCode as unknown as ReturnType<typeof emailCode>] }), /emailCode\(\), passkey\(\) and their like return\n.*at methods\[0\]/],
    ['a method that is named twice', options({ methods: [emailCode({ codeLength: 8 }), passkey(), emailCode()] }), /two of the methods are "email-code"/],
    ['no app', options({ apps: [] }), /apps/],
    ['no method', options({ methods: [] }), /app "app" has no method that is on/],
    ['nothing but a second factor', options({ methods: [totp()] }), /app "app" has no method that is on and signs somebody in/],
    ['a sign-up that nobody can go through', options({ methods: [passkey(), accessCode()], apps: [{ id: 'app', name: 'App', allowPublicSignup: true, clients: [client] }] }), /allowPublicSignup, but nothing that a stranger has: turn on passkey\(\{ allowsSignUpAlone: true \}\)/],
    ['a domain of a provider that nobody set up', options({ apps: [{ id: 'app', name: 'App', clients: [client], preferences: { methods: { social: { domains: { 'corp.example': 'corp' } } } } }] }), /names the provider "corp", which social\(\) does not set up/],
    ['nothing but codes of support', options({ methods: [accessCode()] }), /app "app" has accessCode\(\) alone/],
    ['a proxy that is no address', options({ trustedProxies: ['proxy.example'] }), /createAuth: trustedProxies: .*proxy\.example/],
    ['two clients of one id', options({ apps: [{ id: 'app', name: 'App', clients: [client, client] }] }), /two clients have the id "web"/],
    ['two apps of one id', options({ apps: ['x', 'y'].map((id) => ({ id: 'app', name: 'App', clients: [{ ...client, id }] })) }), /two apps have the id "app"/],
    ['a client that forgot its secret', ofClient({ isPublic: false }), /secret/],
    ['a short client secret', ofClient({ isPublic: false, secret: 'short' }), /32 characters/],
    ['a public client without a redirect URI', ofClient({ redirectUris: [] }), /redirectUris/],
    ['a redirect URI with a fragment', ofClient({ redirectUris: ['https://app.example/#x'] }), /redirect/i],
    ['a redirect URI that runs a script', ofClient({ redirectUris: ['javascript:alert(1)'] }), /redirect/i],
    ['a redirect URI without TLS', ofClient({ redirectUris: ['http://app.example/callback'] }), /redirect/i],
    ['an origin with a path', ofClient({ origins: ['https://app.example/page'] }), /origin/],
    ['a preference out of bounds', options({ apps: [{ id: 'app', name: 'App', clients: [client], preferences: { methods: { 'email-code': { codeLength: 3 } } } }] }), /codeLength/],
    ['a preference that is unknown', options({ apps: [{ id: 'app', name: 'App', clients: [client], preferences: { theme: 'dark' } as AuthOptions['apps'][number]['preferences'] & object }] }), /theme/],
    ['a limit that lets nobody in', options({ limits: { flowsPerMinute: 0 } }), /flowsPerMinute/],
    ['a limit that is unknown', options({ limits: { perDay: 1 } as AuthOptions['limits'] & object }), /perDay/],
    ['no day of what happened', options({ auditDays: 0 }), /auditDays/],
    ['a second factor that nothing can be', options({ methods: [emailCode()], apps: [{ id: 'app', name: 'App', clients: [client], preferences: { mfa: { policy: 'required' } } }] }), /app "app" has mfa\.policy "required", but no method that is on and can be second to email-code/],
    ['a second factor on the channel of the first', options({ methods: [passkey({ userVerification: 'preferred' })], apps: [{ id: 'app', name: 'App', clients: [client], preferences: { mfa: { policy: 'optional' } } }] }), /second to passkey: turn on totp\(\), or have passkeys be both factors/],
    ['a second factor that is unknown', options({ apps: [{ id: 'app', name: 'App', clients: [client], preferences: { mfa: { methods: ['magic-link' as 'totp'] } } }] }), /mfa/],
    ['a code by SMS beside a password that an SMS replaces', counting('optional'), /second to password, sms-code/],
    ['the same of another app, where a second factor is required', counting('required', ['email']), /app "app" .*second to password \(/],
    ['passwords that no message replaces', options({ methods: [password(), emailCode()], apps: [{ id: 'app', name: 'App', clients: [client], preferences: { recovery: { by: ['sms'] } } }] }), /recovery\.by names no message/],
    ['a window that lets everything in', options({ methods: [emailCode(), totp({ window: 6 })]}), /methods\.totp\.window/],
    ['a code that is too short, said by the host', options({ methods: [emailCode({ codeLength: 3 })] }), /methods\["email-code"\]\.codeLength/],
    ['passkeys for another domain', options({ methods: [passkey({ rpId: 'other.example' })] }), /app "app" .*\n- methods\.passkey\.origins: no page .* is at or below rpId "other\.example"/],
    ['passkeys of an address', options({ issuer: 'http://127.0.0.1:3000' }), /methods\.passkey\.rpId: "127\.0\.0\.1" is no name that a browser takes, such as "notes\.example" or "localhost"/],
    ['passkeys of a public suffix', options({ issuer: 'https://login.co.uk', methods: [passkey({ rpId: 'co.uk' })] }), /methods\.passkey\.rpId: "co\.uk" is no name/],
    ['passkeys of a page with a slash behind', options({ methods: [passkey({ origins: ['https://login.example/'] })] }), /methods\.passkey\.origins\.0: "https:\/\/login\.example\/" is not as a browser writes an origin/],
    ['models that are allowed beside others that are not', options({ methods: [passkey({ aaguidAllowList: ['ee882879-721c-4913-9775-3dfcce97072a'], aaguidBlockList: ['ee882879-721c-4913-9775-3dfcce97072a'] })] }), /aaguidBlockList: cannot stand beside aaguidAllowList/],
    ['approvals at an issuer where no passkey works', options({ methods: [emailCode(), passkey({ allowsCrossDevice: true, origins: ['https://app.login.example'] })] }), /allowsCrossDevice: another device approves at the issuer, and "https:\/\/login\.example" is not among/],
  ] as const) {
    test(`${name} is refused by its name`, async () => {
      await assert.rejects(createAuth(given), message);
    });
  }

  test('codes alone are enough where a second factor is required: whoever has no number or address yet adds one', async () => {
    await (await createAuth(counting('required', ['email'], ['email']))).close();
    // Where it is not required, nobody is kept out by what another app does.
    await (await createAuth(counting('optional', ['email']))).close();
  });

  test('an inbox that shows every mail is refused in production', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await assert.rejects(createAuth(options()), /devInbox/);
    } finally {
      if (before === undefined) delete process.env['NODE_ENV'];
      else process.env['NODE_ENV'] = before;
    }
  });

  test('a start that fails leaves no store open', async () => {
    let isClosed = false;
    const store = {
      open: async () => {
        const opened = await sqlite(':memory:').open();
        return {
          ...opened,
          close: async () => {
            isClosed = true;
            await opened.close();
          },
        };
      },
    };
    await assert.rejects(createAuth(options({ methods: [], store })));
    assert.equal(isClosed, true);
  });
});
