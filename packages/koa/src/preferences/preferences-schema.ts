import { mfaPolicies, profileFieldNames, recoveryMessages, secondMethodNames, usernameChoices } from '@portico/contract';
import { z } from 'zod';

const seconds = (least: number, most: number) => z.int().min(least).max(most);

const mailPace = {
  resendCooldownSeconds: seconds(0, 3_600),
  mailsPerHour: z.int().min(1).max(100),
};

const lockoutTiers = z
  .array(z.strictObject({ attempts: z.int().min(1).max(1_000), lockSeconds: seconds(1, 31_536_000) }))
  .max(10)
  .refine((tiers) => tiers.every((tier, at) => at === 0 || tier.attempts > (tiers[at - 1]?.attempts ?? 0)), {
    message: 'tiers rise: each needs more attempts than the one before',
  });

/** Somebody must be stopped at some time (NIST SP 800-63B-4, section 3.2.2). */
const firmTiers = lockoutTiers.min(1).refine((tiers) => (tiers[0]?.attempts ?? 0) <= 100, { message: 'the first lock comes after 100 attempts at most' });

const emailCode = z.strictObject({
  isOn: z.boolean(),
  codeLength: z.int().min(4).max(8),
  lifetimeSeconds: seconds(60, 3_600),
  attempts: z.int().min(1).max(20),
  lockoutTiers,
  ...mailPace,
});

const magicLink = z.strictObject({ isOn: z.boolean(), lifetimeSeconds: seconds(60, 3_600), ...mailPace });

const aaguids = z.array(z.guid().transform((aaguid) => aaguid.toLowerCase())).max(1_000);

const passkey = z.strictObject({
  isOn: z.boolean(),
  rpId: z.string().min(1).max(253),
  origins: z.array(z.url()),
  topOrigins: z.array(z.url()),
  userVerification: z.enum(['required', 'preferred']),
  attestation: z.enum(['none', 'direct']),
  aaguidAllowList: aaguids,
  aaguidBlockList: aaguids,
  allowsSyncedPasskeys: z.boolean(),
  allowsOnePerModel: z.boolean(),
  refusesCounterRegression: z.boolean(),
  ceremonySeconds: seconds(30, 600),
  isOfferedAfterSignIn: z.boolean(),
  offeredAgainAfterDays: z.int().min(0).max(3_650),
  allowsSignUpAlone: z.boolean(),
  allowsCrossDevice: z.boolean(),
});

const password = z.strictObject({
  isOn: z.boolean(),
  // NIST SP 800-63B-4, section 3.1.1.2: 8 at least with a second factor, 15 alone.
  minLength: z.int().min(8).max(64),
  requiredKinds: z.array(z.enum(['lowercase', 'uppercase', 'digit', 'symbol'])).max(4),
  refusesGuessable: z.boolean(),
  history: z.int().min(0).max(24),
  maxAgeDays: z.union([z.literal(false), z.int().min(1).max(1_096)]),
  lockoutTiers: firmTiers,
  lockoutForgetSeconds: seconds(900, 31_536_000),
});

const totp = z.strictObject({
  isOn: z.boolean(),
  issuer: z.string().max(64),
  digits: z.union([z.literal(6), z.literal(8)]),
  algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']),
  window: z.int().min(0).max(5),
  perUser: z.int().min(1).max(50),
});

const recoveryCode = z.strictObject({ isOn: z.boolean(), codes: z.int().min(5).max(20) });

const mfa = z.strictObject({
  policy: z.enum(mfaPolicies),
  methods: z.array(z.enum(secondMethodNames)),
  rememberDevice: z.union([z.literal(false), z.strictObject({ days: z.int().min(1).max(90) })]),
  lockoutTiers: firmTiers,
});

const recovery = z.strictObject({
  by: z.array(z.enum(recoveryMessages)).min(1),
  signsIn: z.boolean(),
  // An hour at least: whoever is to object has to see the mail first.
  replaceAfterSeconds: seconds(3_600, 2_592_000),
  supportUrl: z.string().max(500).refine((url) => URL.canParse(url) && /^(https|mailto):/.test(url), { message: 'an https or mailto URL' }),
});

const country = z.string().regex(/^[A-Z]{2}$/, { message: 'two capital letters (ISO 3166-1)' });
const smsBudget = z.int().min(1).max(1_000_000);

const smsCode = z.strictObject({
  isOn: z.boolean(),
  codeLength: z.int().min(4).max(8),
  // NIST SP 800-63B-4, section 3.1.3.2: ten minutes at most.
  lifetimeSeconds: seconds(60, 600),
  attempts: z.int().min(1).max(20),
  lockoutTiers,
  countries: z.union([z.array(country).max(250), z.literal('all')]),
  defaultCountry: country,
  resendCooldownSeconds: seconds(0, 3_600),
  smsPerHour: z.int().min(1).max(100),
  smsPerCallerPerHour: smsBudget,
  smsPerPrefixPerHour: smsBudget,
  smsPerCountryPerHour: smsBudget,
});

const providerId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
/** As `users/canonical.ts` leaves it: lower case, ASCII. */
const domain = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/).max(253);

const social = z.strictObject({
  isOn: z.boolean(),
  providers: z.array(providerId).max(50),
  domains: z.record(domain, providerId),
});

const accessCode = z.strictObject({
  isOn: z.boolean(),
  // NIST SP 800-63B-4, section 4.2.1.2: six digits at least, and a day at most.
  codeLength: z.int().min(6).max(8),
  lifetimeSeconds: seconds(60, 86_400),
  longestLifetimeSeconds: seconds(60, 86_400),
  lockoutTiers: firmTiers,
});

const profile = z.strictObject({
  fields: z.array(z.strictObject({ name: z.enum(profileFieldNames), isRequired: z.boolean() }))
    .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, { message: 'each field once' }),
});

/** What an app may say of its login: any part of it, within bounds, and nothing else. */
export const preferencesSchema = z.strictObject({
  methods: z
    .strictObject({
      'email-code': emailCode.partial(),
      'magic-link': magicLink.partial(),
      'passkey': passkey.partial(),
      'password': password.partial(),
      'totp': totp.partial(),
      'recovery-code': recoveryCode.partial(),
      'sms-code': smsCode.partial(),
      'social': social.partial(),
      'access-code': accessCode.partial(),
    })
    .partial()
    .optional(),
  username: z.strictObject({ isOn: z.boolean(), atSignUp: z.enum(usernameChoices), reserved: z.array(z.string().min(1).max(64)).max(10_000).readonly() }).partial().optional(),
  mfa: mfa.partial().optional(),
  puzzles: z.strictObject({ when: z.enum(['off', 'adaptive', 'always']), kind: z.enum(['work', 'captcha']) }).partial().optional(),
  recovery: recovery.partial().optional(),
  profile: profile.partial().optional(),
  branding: z
    .strictObject({
      logoUrl: z.string().refine((url) => url.startsWith('https://') || /^\/(?![/\\])/.test(url), {
        message: 'an https URL, or a path on this host',
      }),
      accentColor: z.string().regex(/^#[0-9a-f]{6}$/i, { message: 'six hex digits behind a #' }),
    })
    .partial()
    .optional(),
  languages: z.array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)).min(1).optional(),
});

/** What a host writes: any part, the rest comes from the defaults. */
export type PreferencesInput = z.input<typeof preferencesSchema>;
