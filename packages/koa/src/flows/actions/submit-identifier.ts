import type { App } from '../../model/app.ts';
import type { Flow } from '../../model/flow.ts';
import { methodsOf } from '../../preferences/preferences-view.ts';
import type { Action, Outcome } from '../action.ts';
import { askForPasskey } from '../ask-for-passkey.ts';
import { askForPassword } from '../ask-for-password.ts';
import type { Scene } from '../flow-deps.ts';
import { withoutProofs, withoutSent } from '../forget.ts';
import { isMailMethod } from '../other-methods.ts';
import { readIdentifier, type ReadIdentifier } from '../read-identifier.ts';
import { hasOpenMail, sendMail, showSentMail } from '../send-mail.ts';
import { hasOpenSms, sendSms, showSentSms } from '../send-sms.ts';

/** An app with passwords asks for one; otherwise the mail or the SMS goes out when there is one to send, or the passkey is asked for. */
export const submitIdentifier: Action<'submit-identifier'> = async (scene, { identifier }) => {
  const read = readIdentifier(identifier, scene.app.preferences);
  if (read.fault !== undefined) return { change: (flow) => keepMalformed(flow, identifier), fault: { code: read.fault, field: 'identifier' } };
  const outcome = await ask({ ...scene, flow: identify(scene.flow, read) });
  return { ...outcome, change: (flow) => (outcome.change ?? ((same) => same))(identify(flow, read)) };
};

/** Another identifier than before leaves nothing of what was sent to the first, nor of what was proved with it. */
function identify(flow: Flow, { typed, email, phone }: Exclude<ReadIdentifier, { readonly fault: string }>): Flow {
  if (flow.email === email && flow.phone?.canonical === phone?.canonical) return { ...flow, typedIdentifier: typed };
  const { email: _email, phone: _phone, ...rest } = withoutSent(withoutProofs(flow));
  return { ...rest, typedIdentifier: typed, ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) };
}

/** What is no identifier stands in the field again, and beside none: an answer to a mail or an SMS would vouch for it. */
function keepMalformed(flow: Flow, typed: string): Flow {
  const { email: _email, phone: _phone, ...rest } = withoutSent(withoutProofs(flow));
  return { ...rest, typedIdentifier: typed, step: 'identify' };
}

async function ask(scene: Scene): Promise<Outcome> {
  const { flow, app } = scene;
  // The same for every identifier: whether it has a password is told to nobody. Who signs up proves it first.
  if (flow.kind === 'sign-in' && app.preferences.methods.password.isOn) return { change: askForPassword };
  if (flow.phone !== undefined) return askBySms(scene);
  if (!hasMailMethod(app)) {
    const keep = await askForPasskey(scene);
    return { change: (latest) => ({ ...keep(latest), step: 'use-passkey' }) };
  }
  const outcome = await sendMail(scene);
  // Back and forth with the same address within the pause: the mail that is out is still good.
  if (outcome.fault !== undefined && hasOpenMail(flow)) return { change: (latest) => showSentMail(latest, undefined) };
  return outcome;
}

/** The same with a number. */
async function askBySms(scene: Scene): Promise<Outcome> {
  const outcome = await sendSms(scene);
  return outcome.fault !== undefined && hasOpenSms(scene.flow) ? { change: showSentSms } : outcome;
}

function hasMailMethod({ preferences }: App): boolean {
  return methodsOf(preferences).some(isMailMethod);
}
