import type { StepName } from '@portico/contract';
import { replacesPassword } from '../model/replaceable-by.ts';
import type { SecondFactors } from '../mfa/second-factors.ts';
import type { App, Client } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import type { LoginPreferences } from '../model/login-preferences.ts';
import type { User } from '../model/user.ts';
import { asksForProfile } from './profile-step.ts';
import { needsRecoveryCodes, secondStep, wishedSecondFactor } from './second-step.ts';

/** What the next step depends on beside the flow. */
export interface StepRules {
  readonly app: App;
  readonly client: Client;
  readonly factors: SecondFactors;
  /** Whether the proofs are enough to be given a passkey, which may be a second factor elsewhere. */
  readonly mayMakePasskey: boolean;
  readonly now: Date;
}

/** Which step follows from these proofs, preferences and user. Pure: it looks at nothing else. */
export function nextStep(flow: Flow, proved: User | undefined, rules: StepRules): StepName {
  if (flow.proofs.length === 0 || proved === undefined) return flow.step;
  if (flow.consent === 'declined') return 'done';
  const { methods } = rules.app.preferences;
  const wish = wishedSecondFactor(flow, rules);
  // Before anything is changed at the account: a mail that resets a password is one factor, whatever it resets.
  // Whoever had to use a recovery code replaces what is lost before they sign in with the password, which asks for it again.
  if (wish?.purpose === 'ask' || (wish?.purpose === 'replace' && flow.kind === 'recover')) return secondStep(wish);
  if (flow.kind === 'link') return flow.hasLinked === true ? lastStep(flow, rules.client) : providerStep(flow);
  if (shouldSetPassword(flow, rules.app.preferences)) return 'set-password';
  if (wish !== undefined) return secondStep(wish);
  if (needsRecoveryCodes(flow, rules)) return 'show-recovery-codes';
  // Of whoever is in but for this: nothing is asked of a stranger, and a passkey that is made next bears the name.
  if (asksForProfile(flow, proved, rules.app)) return 'complete-profile';
  if (rules.mayMakePasskey && shouldOfferPasskey(flow, proved, { passkey: methods.passkey, now: rules.now })) return 'enroll-passkey';
  return lastStep(flow, rules.client);
}

/** To the choice of a provider; or back to the answer that waited until its person had shown again that they are here. */
function providerStep({ upstream }: Flow): StepName {
  return upstream === undefined ? 'choose-method' : 'leave-to-provider';
}

function lastStep(flow: Flow, client: Client): StepName {
  return needsConsent(flow, client) && flow.consent === undefined ? 'consent' : 'done';
}

/**
 * Who signs up makes one up, and so does who recovers their account: both only with a mail or an SMS that they answered here,
 * for that is what vouches for them. So does whose password was right and may not stay, whatever else they proved. Before the passkey, which browsers make without a word once there is a password.
 */
function shouldSetPassword(flow: Flow, preferences: LoginPreferences): boolean {
  if (!preferences.methods.password.isOn || flow.hasSettledPassword === true || flow.sessionId !== undefined) return false;
  return maySetPassword(flow, preferences);
}

/**
 * Whoever is new here makes up a first one by whatever message they answered; an old one is replaced by a message that the app
 * lets replace it. Only a mail or an SMS that was the first factor has its address or number on its proof.
 */
export function maySetPassword({ proofs, kind, isNewUser, passwordChange }: Flow, preferences: LoginPreferences): boolean {
  if (passwordChange !== undefined) return true;
  if (isNewUser) return proofs.some(({ email, phone }) => (email ?? phone) !== undefined);
  return kind === 'recover' && proofs.some(({ email, phone }) => (email !== undefined && replacesPassword('email', preferences)) || (phone !== undefined && replacesPassword('sms', preferences)));
}

/**
 * Offered by the absence of a passkey on this device; a refusal is respected. Whoever used another way in has shown none
 * here, whatever their other devices have, and a device that has one after all says so and makes no second.
 */
function shouldOfferPasskey(
  flow: Flow,
  user: User,
  { passkey, now }: { readonly passkey: LoginPreferences['methods']['passkey']; readonly now: Date },
): boolean {
  if (!passkey.isOn || !passkey.isOfferedAfterSignIn || hasUsedOneHere(flow)) return false;
  // Going on with a session that was there already is no sign-in: nothing new was proved. Whoever steps up wants to go on.
  if (flow.hasSkippedEnrollment || flow.sessionId !== undefined || flow.kind === 'step-up' || user.refusesPasskeyOffer) return false;
  // Whoever had to be let in again has good reason for something that cannot be forgotten.
  if (flow.kind === 'recover' || flow.hasRecovered === true || user.passkeyOfferSkippedAt === undefined) return true;
  return now.getTime() - user.passkeyOfferSkippedAt.getTime() >= passkey.offeredAgainAfterDays * 86_400_000;
}

function hasUsedOneHere({ proofs }: Flow): boolean {
  return proofs.some(({ method, isFromAnotherDevice }) => method === 'passkey' && isFromAnotherDevice !== true);
}

/** A first-party client needs none, unless its request asks for it (OpenID Connect Core, section 3.1.2.1, `prompt`). */
function needsConsent(flow: Flow, client: Client): boolean {
  return flow.request !== undefined && (client.requiresConsent || flow.request.prompts.includes('consent'));
}
