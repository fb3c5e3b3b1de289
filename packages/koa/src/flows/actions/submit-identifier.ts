import type { App } from '../../model/app.ts';
import type { Flow } from '../../model/flow.ts';
import { methodsOf } from '../../preferences/preferences-view.ts';
import { parseIfEmail, type ParsedEmail } from '../../users/canonical.ts';
import type { Action, Outcome } from '../action.ts';
import { askForPasskey } from '../ask-for-passkey.ts';
import { askForPassword } from '../ask-for-password.ts';
import type { Scene } from '../flow-deps.ts';
import { withoutMail, withoutProofs } from '../forget.ts';
import { hasOpenMail, sendMail, showSentMail } from '../send-mail.ts';

/** An app with passwords asks for one; otherwise the mail goes out when there is one to send, or the passkey is asked for. */
export const submitIdentifier: Action<'submit-identifier'> = async (scene, { identifier }) => {
  const email = parseIfEmail(identifier);
  if (email === undefined) {
    return { change: (flow) => keepMalformed(flow, identifier), fault: { code: 'email_malformed', field: 'identifier' } };
  }
  const before = scene.flow;
  const identified = identify(before, email);
  const outcome = await ask({ ...scene, flow: identified });
  return { ...outcome, change: (flow) => (outcome.change ?? ((same) => same))(identify(flow, email)) };
};

/** Another address than before leaves nothing of the mail that went to the first, nor of what was proved with it. */
function identify(flow: Flow, { typed, canonical }: ParsedEmail): Flow {
  if (flow.email === canonical) return { ...flow, typedIdentifier: typed };
  return { ...withoutMail(withoutProofs(flow)), typedIdentifier: typed, email: canonical };
}

/** What is no address stands in the field again, and beside no address: an answer to a mail would vouch for it. */
function keepMalformed(flow: Flow, typed: string): Flow {
  const { email: _email, ...rest } = withoutMail(withoutProofs(flow));
  return { ...rest, typedIdentifier: typed, step: 'identify' };
}

async function ask(scene: Scene): Promise<Outcome> {
  // The same for every address: whether it has a password is told to nobody. Who signs up proves the address first.
  if (scene.flow.kind === 'sign-in' && scene.app.preferences.methods.password.isOn) return { change: askForPassword };
  if (!hasMailMethod(scene.app)) {
    const keep = await askForPasskey(scene);
    return { change: (flow) => ({ ...keep(flow), step: 'use-passkey' }) };
  }
  const outcome = await sendMail(scene);
  // Back and forth with the same address within the pause: the mail that is out is still good.
  if (outcome.fault !== undefined && hasOpenMail(scene.flow)) return { change: (flow) => showSentMail(flow, undefined) };
  return outcome;
}

function hasMailMethod({ preferences }: App): boolean {
  const methods = methodsOf(preferences);
  return methods.includes('email-code') || methods.includes('magic-link');
}
