import type { EnrollPasskeyView } from '@portico/contract';
import { create, createQuietly } from './create-passkey.ts';
import type { FlowController } from './flow-controller.ts';
import type { CeremonyEnding } from './passkey-ceremony.ts';
import type { PasskeySupport } from './passkey-support.ts';

/** What enrolling needs of the controller that owns the ceremonies. */
export interface Enrolling {
  readonly flow: FlowController;
  during(what: 'create' | 'upgrade', ask: () => Promise<CeremonyEnding>): Promise<CeremonyEnding | undefined>;
  tell(ending: CeremonyEnding | undefined): void;
}

/** Makes a passkey with the browser's dialog, at the press of the button. */
export async function enrollByDialog({ creation }: EnrollPasskeyView, { flow, during, tell }: Enrolling): Promise<void> {
  const ending = await during('create', () => create(creation.options));
  if (ending?.kind === 'answered') await flow.run('enroll', { credential: ending.credential });
  else tell(ending);
}

/** What happens before anybody presses: a silent upgrade where the browser agrees, or no offer where it would be idle. */
export async function offerPasskey(view: EnrollPasskeyView, support: PasskeySupport, { flow, during }: Enrolling): Promise<void> {
  // Nothing to offer here: no authenticator of its own, and another way in has just worked.
  if (view.may_skip && view.other_methods === undefined && !support.hasPlatform) return flow.run('skip', { unasked: true });
  if (!view.may_upgrade_silently || !support.mayUpgrade) return;
  const ending = await during('upgrade', () => createQuietly(view.creation.options));
  if (ending?.kind === 'answered') await flow.run('enroll', { credential: ending.credential, silent: true });
  // Made before on this device: there is nothing to offer.
  else if (ending?.kind === 'exists' && view.may_skip) await flow.run('skip', { unasked: true });
}
