/** An app and a client for the contract suite, with every setting another than its default. */
import type { App, Client } from '../model/app.ts';
import { digest, fresh } from './sample-records.contract.ts';

export function app(): App {
  return {
    id: fresh('app'),
    name: 'Orders',
    url: 'https://orders.example',
    allowsPublicSignup: true,
    preferences: {
      methods: {
        'email-code': {
          isOn: true, codeLength: 6, lifetimeSeconds: 600, attempts: 5, resendCooldownSeconds: 30, mailsPerHour: 5,
          lockoutTiers: [{ attempts: 5, lockSeconds: 60 }],
        },
        'magic-link': { isOn: true, lifetimeSeconds: 600, resendCooldownSeconds: 30, mailsPerHour: 5 },
        passkey: {
          isOn: true, rpId: 'orders.example', origins: [], topOrigins: [], userVerification: 'preferred', attestation: 'none',
          aaguidAllowList: [], aaguidBlockList: [], allowsSyncedPasskeys: true, allowsOnePerModel: true, refusesCounterRegression: true,
          ceremonySeconds: 300, isOfferedAfterSignIn: true, offeredAgainAfterDays: 30, allowsSignUpAlone: false, allowsCrossDevice: true,
        },
        'password': {
          isOn: true, minLength: 12, requiredKinds: ['digit'], refusesGuessable: false, history: 3, maxAgeDays: 90, lockoutForgetSeconds: 3_600,
          lockoutTiers: [{ attempts: 4, lockSeconds: 60 }],
        },
        'totp': { isOn: true, issuer: 'Orders', digits: 8, algorithm: 'SHA256', window: 2, perUser: 3 },
        'recovery-code': { isOn: true, codes: 8 },
        'sms-code': {
          isOn: true, codeLength: 6, lifetimeSeconds: 300, attempts: 3, lockoutTiers: [{ attempts: 3, lockSeconds: 60 }],
          countries: ['FR'], defaultCountry: 'FR', resendCooldownSeconds: 60, smsPerHour: 5, smsPerCallerPerHour: 9,
          smsPerPrefixPerHour: 20, smsPerCountryPerHour: 100,
        },
        'access-code': { isOn: true, codeLength: 6, lifetimeSeconds: 600, longestLifetimeSeconds: 3_600, lockoutTiers: [{ attempts: 3, lockSeconds: 60 }] },
        'social': { isOn: true, providers: ['google', 'corp'], domains: { 'corp.example': 'corp' } },
      },
      puzzles: { when: 'always', kind: 'captcha' },
      username: { isOn: true, atSignUp: 'optional', reserved: ['admin'] },
      mfa: { policy: 'required', methods: ['totp'], rememberDevice: { days: 14 }, lockoutTiers: [{ attempts: 6, lockSeconds: 60 }] },
      recovery: { by: ['email'], signsIn: true, replaceAfterSeconds: 3_600, supportUrl: 'https://help.example/' },
      profile: { fields: [{ name: 'family_name', isRequired: true }, { name: 'name', isRequired: false }] },
      branding: { accentColor: '#225588' },
      languages: ['en', 'fr'],
    },
    isManagedByCode: true,
  };
}

export function client(appId: App['id']): Client {
  return {
    id: fresh('client'), appId, name: 'Orders on the web', isPublic: false, authentication: ['client_secret_basic'],
    secretDigests: [digest()], redirectUris: ['https://orders.example/callback'], postLogoutRedirectUris: [],
    origins: ['https://orders.example'], scopes: ['openid', 'email'],
    resources: [{ uri: 'https://api.orders.example', accessTokenSeconds: 300 }],
    requiresPkce: true, requiresPar: false, requiresConsent: false, mayUseBackendStyle: true, mayDetour: true, idTokenAlgorithm: 'ES256', idTokenSeconds: 300,
    accessTokenSeconds: 300, refreshTokenIdleSeconds: 86_400, refreshTokenSeconds: 864_000, defaultClaims: ['email'],
    isManagedByCode: true,
  };
}
