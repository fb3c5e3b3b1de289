import type { CreationOptionsJson } from '@portico/contract';
import { startRegistration, WebAuthnAbortService } from '@simplewebauthn/browser';
import { hold, patience, type CeremonyEnding } from './passkey-ceremony.ts';

/** A silent try is worth a moment, not a wait. */
const upgradeMilliseconds = 2_000;

/** Opens the browser's dialog for a new passkey. Loaded with the step that offers it, hence before the press. */
export const create = (options: CreationOptionsJson): Promise<CeremonyEnding> =>
  hold(patience(options), (signal) => register(options, { signal, useAutoRegister: false }));

/** Makes a passkey without a dialog, where the browser agrees (conditional create). */
export const createQuietly = (options: CreationOptionsJson): Promise<CeremonyEnding> =>
  hold(upgradeMilliseconds, (signal) => register(options, { signal, useAutoRegister: true }));

interface Registering {
  readonly signal: AbortSignal;
  readonly useAutoRegister: boolean;
}

function register(options: CreationOptionsJson, { signal, useAutoRegister }: Registering): Promise<{ readonly id: string }> {
  signal.addEventListener('abort', () => WebAuthnAbortService.cancelCeremony(), { once: true });
  return startRegistration({ optionsJSON: forLibrary(options), useAutoRegister });
}

type LibraryOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];

/** The same JSON under the library's narrower types: it is the server's, made by the library's other half. */
const forLibrary = (options: CreationOptionsJson): LibraryOptions => options as unknown as LibraryOptions;
