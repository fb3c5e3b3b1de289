import type { App } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import { methodsOf } from '../preferences/preferences-view.ts';
import type { ParsedEmail } from '../users/canonical.ts';
import type { Outcome } from './action.ts';
import { askForPasskey } from './ask-for-passkey.ts';
import { askForPassword } from './ask-for-password.ts';
import type { Scene } from './flow-deps.ts';
import { withoutMail, withoutProofs } from './forget.ts';
import { isMailMethod } from './other-methods.ts';
import { hasOpenMail, sendMail, showSentMail } from './send-mail.ts';

/** Another address than before leaves nothing of the mail that went to the first, nor of what was proved with it. */
export function identify(flow: Flow, { typed, canonical }: ParsedEmail): Flow {
  if (flow.email === canonical) return { ...flow, typedIdentifier: typed };
  return { ...withoutMail(withoutProofs(flow)), typedIdentifier: typed, email: canonical };
}

/**
 * Asks for a proof of an address that was just named: an app with passwords asks for one; otherwise the mail goes out when
 * there is one to send, or the passkey is asked for.
 */
export async function askForProof(before: Scene, email: ParsedEmail): Promise<Outcome> {
  const outcome = await ask({ ...before, flow: identify(before.flow, email) });
  return { ...outcome, change: (flow) => (outcome.change ?? ((same) => same))(identify(flow, email)) };
}

async function ask(scene: Scene): Promise<Outcome> {
  // The same for every address: whether it has a password is told to nobody. Who signs up proves the address first.
  if (scene.flow.kind === 'sign-in' && scene.app.preferences.methods.password.isOn) return { change: askForPassword };
  if (!hasMailMethod(scene.app)) return askForOnlyPasskey(scene);
  const outcome = await sendMail(scene);
  // Back and forth with the same address within the pause: the mail that is out is still good.
  if (outcome.fault !== undefined && hasOpenMail(scene.flow)) return { change: (flow) => showSentMail(flow, undefined) };
  return outcome;
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
