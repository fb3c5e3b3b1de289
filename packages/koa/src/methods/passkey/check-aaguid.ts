import type { PasskeyPreferences } from '../../model/login-preferences.ts';
import { PasskeyRefusal } from './refusal.ts';

/**
 * The app lets this model of authenticator in. Asked at enrolment and again at each sign-in, so that a model that is
 * blocked later is out. Without attestation an AAGUID is a claim, not a proof (WebAuthn Level 3, section 6.5.1): the
 * lists then keep honest people from a mistake, and nobody else.
 */
export function checkAaguid(aaguid: string, { aaguidAllowList, aaguidBlockList }: PasskeyPreferences): void {
  const model = aaguid.toLowerCase();
  const isAllowed = aaguidAllowList.length === 0 || aaguidAllowList.includes(model);
  if (!isAllowed || aaguidBlockList.includes(model)) throw new PasskeyRefusal('aaguid_not_allowed');
}
