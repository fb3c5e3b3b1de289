import type { App } from '../../model/app.ts';
import { AuthError } from '../../model/auth-error.ts';
import type { Flow } from '../../model/flow.ts';
import { methodsOf } from '../../preferences/preferences-view.ts';
import { parseEmail } from '../../users/canonical.ts';
import type { Action, Outcome } from '../action.ts';
import { askForPasskey } from '../ask-for-passkey.ts';
import type { Scene } from '../flow-deps.ts';
import { hasOpenMail, sendMail, showSentMail } from '../send-mail.ts';
import { withoutProofs } from '../take-proof.ts';

type Parsed = ReturnType<typeof parseEmail>;

function parse(identifier: string): Parsed | AuthError {
  try {
    return parseEmail(identifier);
  } catch (cause) {
    if (cause instanceof AuthError) return cause;
    throw cause;
  }
}

/** The mail goes out when there is one to send; an app with passkeys alone asks for the passkey. */
export const submitIdentifier: Action<'submit-identifier'> = async (scene, { identifier }) => {
  const email = parse(identifier);
  if (email instanceof AuthError) {
    return { change: (flow) => ({ ...flow, typedIdentifier: identifier }), fault: { code: email.code, field: 'identifier' } };
  }
  const before = scene.flow;
  const identified = identify(before, email);
  const outcome = await ask({ ...scene, flow: identified });
  return { ...outcome, change: (flow) => (outcome.change ?? ((same) => same))(identify(flow, email)) };
};

/** Another address than before leaves nothing of the mail that went to the first, nor of what was proved with it. */
function identify(flow: Flow, { typed, canonical }: Parsed): Flow {
  if (flow.email === canonical) return { ...flow, typedIdentifier: typed };
  const { 'email-code': _code, 'magic-link': _link, ...challenges } = flow.challenges;
  const { mail: _mail, blocked: _blocked, matchNumber: _number, ...rest } = flow;
  return { ...withoutProofs({ ...rest, challenges }), typedIdentifier: typed, email: canonical };
}

async function ask(scene: Scene): Promise<Outcome> {
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
