import type { LockoutTier, LoginPreferences } from '../model/login-preferences.ts';
import { reservedUsernames } from './reserved-usernames.ts';

/** Of digits that somebody was sent or told. */
const digitTiers: readonly LockoutTier[] = [
  { attempts: 3, lockSeconds: 900 },
  { attempts: 6, lockSeconds: 3_600 },
  { attempts: 9, lockSeconds: 86_400 },
];

/** What holds where neither the host nor an app says otherwise. A method is off until it is named. */
export const defaultPreferences: LoginPreferences = {
  methods: {
    'email-code': {
      isOn: false,
      codeLength: 6,
      lifetimeSeconds: 300,
      attempts: 3,
      lockoutTiers: digitTiers,
      resendCooldownSeconds: 30,
      mailsPerHour: 5,
    },
    'magic-link': { isOn: false, lifetimeSeconds: 300, resendCooldownSeconds: 30, mailsPerHour: 5 },
    passkey: {
      isOn: false,
      rpId: '',
      origins: [],
      topOrigins: [],
      userVerification: 'required',
      attestation: 'none',
      aaguidAllowList: [],
      aaguidBlockList: [],
      allowsSyncedPasskeys: true,
      allowsOnePerModel: false,
      refusesCounterRegression: true,
      ceremonySeconds: 300,
      isOfferedAfterSignIn: true,
      offeredAgainAfterDays: 14,
      allowsSignUpAlone: false,
      allowsCrossDevice: false,
    },
    password: {
      isOn: false,
      minLength: 15,
      requiredKinds: [],
      refusesGuessable: true,
      history: 0,
      maxAgeDays: false,
      lockoutTiers: [
        { attempts: 5, lockSeconds: 60 },
        { attempts: 10, lockSeconds: 900 },
        { attempts: 15, lockSeconds: 3_600 },
        { attempts: 20, lockSeconds: 86_400 },
      ],
      lockoutForgetSeconds: 86_400,
    },
    social: { isOn: false, providers: [], domains: {} },
    'sms-code': {
      isOn: false,
      codeLength: 6,
      lifetimeSeconds: 300,
      attempts: 3,
      lockoutTiers: digitTiers,
      countries: [],
      defaultCountry: '',
      resendCooldownSeconds: 60,
      smsPerHour: 5,
      smsPerCallerPerHour: 30,
      smsPerPrefixPerHour: 50,
      smsPerCountryPerHour: 500,
    },
    totp: { isOn: false, issuer: '', digits: 6, algorithm: 'SHA1', window: 1, perUser: 5 },
    'access-code': {
      isOn: false,
      codeLength: 8,
      lifetimeSeconds: 900,
      longestLifetimeSeconds: 86_400,
      lockoutTiers: digitTiers,
    },
    // No way in by themselves: they stand in for a second factor, wherever one is asked for.
    'recovery-code': { isOn: true, codes: 10 },
  },
  username: { isOn: false, atSignUp: 'no', reserved: reservedUsernames },
  mfa: {
    policy: 'off',
    methods: ['totp', 'passkey'],
    rememberDevice: false,
    lockoutTiers: [
      { attempts: 5, lockSeconds: 900 },
      { attempts: 10, lockSeconds: 3_600 },
      { attempts: 15, lockSeconds: 86_400 },
    ],
  },
  puzzles: { when: 'adaptive', kind: 'work' },
  recovery: { by: ['email', 'sms'], signsIn: false, replaceAfterSeconds: 86_400 },
  profile: { fields: [] },
  branding: {},
  languages: ['en', 'de', 'es', 'fr', 'ja', 'ar'],
};
