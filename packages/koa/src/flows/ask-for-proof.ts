import type { App } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import { detourOf, isBySms, nameOf, subjectOf } from '../model/flow-subject.ts';
import { methodsOf } from '../preferences/preferences-view.ts';
import { replacesPassword } from '../model/replaceable-by.ts';
import type { Outcome } from './action.ts';
import { askForPasskey } from './ask-for-passkey.ts';
import { askForPassword } from './ask-for-password.ts';
import type { Scene } from './flow-deps.ts';
import { withoutIdentifier, withoutProofs, withoutSent } from './forget.ts';
import { isMailMethod } from './other-methods.ts';
import type { ReadIdentifier } from './read-identifier.ts';
import { hasOpenMail, sendMail, showSentMail } from './send-mail.ts';
import { hasOpenSms, sendSms, showSentSms } from './send-sms.ts';

/** An identifier that was understood. */
export type Identified = Exclude<ReadIdentifier, { readonly fault: string }>;

/** Another identifier than before leaves nothing of what was sent to the first, nor of what was proved with it. */
export function identify(flow: Flow, { typed, ...identified }: Identified): Flow {
  if (subjectOf(flow) === subjectOf(identified)) return { ...flow, typedIdentifier: typed };
  return { ...withoutIdentifier(withoutSent(withoutProofs(flow))), typedIdentifier: typed, ...identified };
}

/**
 * Asks for a proof of an identifier that was just named: an app with passwords asks for one; otherwise the mail or the SMS
 * goes out when there is one to send, or the passkey is asked for.
 */
export async function askForProof(before: Scene, identified: Identified): Promise<Outcome> {
  const outcome = await ask({ ...before, flow: identify(before.flow, identified) });
  return { ...outcome, change: (flow) => (outcome.change ?? ((same) => same))(identify(flow, identified)) };
}

async function ask(scene: Scene): Promise<Outcome> {
  const { flow, app } = scene;
  // The same for every identifier: whether it has a password is told to nobody. Who signs up proves it first.
  if (flow.kind === 'sign-in' && app.preferences.methods.password.isOn && !isFirstAddress(scene)) return { change: askForPassword };
  if (isBySms(flow) || isSmsAlone(scene)) return askBySms(scene);
  if (!hasMailMethod(app)) return askForOnlyPasskey(scene);
  const outcome = await sendMail(scene);
  // Back and forth with the same address within the pause: the mail that is out is still good.
  if (outcome.fault !== undefined && hasOpenMail(flow)) return { change: (latest) => showSentMail(latest, undefined) };
  return outcome;
}

/**
 * Of whoever came from a provider that names no address: most of them are new here and have no password to type. The mail is
 * for both, and who has one may choose it.
 */
function isFirstAddress({ flow, app }: Scene): boolean {
  return flow.linking?.isEmailVerified === false && flow.email !== undefined && hasMailMethod(app);
}

/** Whom a name leads to is written to by mail, wherever the app sends any; but who recovers their account, by what replaces a password there. */
function isSmsAlone({ flow, app }: Scene): boolean {
  if (nameOf(flow) === undefined || detourOf(flow) !== undefined || !app.preferences.methods['sms-code'].isOn) return false;
  return !hasMailMethod(app) || (flow.kind === 'recover' && replacesPassword('sms', app.preferences) && !replacesPassword('email', app.preferences));
}

/** The same with a number. */
async function askBySms(scene: Scene): Promise<Outcome> {
  const outcome = await sendSms(scene);
  return outcome.fault !== undefined && hasOpenSms(scene.flow) ? { change: showSentSms } : outcome;
}

/** Where providers alone are on, an address of no provider's domain leads nowhere. */
async function askForOnlyPasskey(scene: Scene): Promise<Outcome> {
  if (!methodsOf(scene.app.preferences).includes('passkey')) return { fault: { code: 'method_disabled', field: 'identifier' } };
  const keep = await askForPasskey(scene);
  return { change: (flow) => ({ ...keep(flow), step: 'use-passkey' }) };
}

export function hasMailMethod({ preferences }: App): boolean {
  return methodsOf(preferences).some(isMailMethod);
}
