import type { CreationOptionsJson, PasskeySignal, RequestOptionsJson } from '@portico/contract';
import { startAuthentication, startRegistration, WebAuthnAbortService } from '@simplewebauthn/browser';
import { pause } from './clock.ts';

/** How a question to the browser ended. `aborted` was our own doing and is never shown. */
export type CeremonyEnding =
  | { readonly kind: 'answered'; readonly credential: { readonly id: string } }
  | { readonly kind: 'aborted' | 'cancelled' | 'timeout' | 'exists' | 'failed' };

interface Ceremony {
  readonly stop: () => void;
  readonly settled: Promise<unknown>;
}

/** Shared by every widget of a document, also if the bundle was loaded twice: browsers allow one question at a time. */
const lock = Symbol.for('portico.passkey-ceremony');
type Locked = Document & { [lock]?: Ceremony | undefined };

/** Some browsers never settle (hanko#2867), so each question has an end of its own. */
const modalMilliseconds = 120_000;
const autofillMilliseconds = 30 * 60_000;
const upgradeMilliseconds = 4_000;

/** Waits behind the identifier field until a passkey is picked from autofill. */
export const askByAutofill = (options: RequestOptionsJson): Promise<CeremonyEnding> =>
  hold(autofillMilliseconds, () =>
    startAuthentication({ optionsJSON: request(options), useBrowserAutofill: true, verifyBrowserAutofillInput: false }),
  );

/** Opens the browser's dialog. Call it inside the press of a button. */
export const askByDialog = (options: RequestOptionsJson): Promise<CeremonyEnding> =>
  hold(modalMilliseconds, () => startAuthentication({ optionsJSON: request(options) }));

/** Opens the browser's dialog for a new passkey. */
export const create = (options: CreationOptionsJson): Promise<CeremonyEnding> =>
  hold(modalMilliseconds, () => startRegistration({ optionsJSON: creation(options) }));

/** Makes a passkey without a dialog, where the browser agrees (conditional create). */
export const createQuietly = (options: CreationOptionsJson): Promise<CeremonyEnding> =>
  hold(upgradeMilliseconds, () => startRegistration({ optionsJSON: creation(options), useAutoRegister: true }));

/** Ends whatever is being asked in this document and waits until the browser has let go of it. */
export async function stopCeremony(): Promise<void> {
  const running = (document as Locked)[lock];
  if (running === undefined) return;
  running.stop();
  // A browser that does not let go must not hold the next question for ever.
  await Promise.race([running.settled, pause(400)]);
}

async function hold(milliseconds: number, ask: () => Promise<{ readonly id: string }>): Promise<CeremonyEnding> {
  await stopCeremony();
  const place = document as Locked;
  let resolveStop: (ending: CeremonyEnding) => void = () => undefined;
  const stopped = new Promise<CeremonyEnding>((resolve) => {
    resolveStop = resolve;
  });
  const end = (kind: 'aborted' | 'timeout'): void => {
    resolveStop({ kind });
    WebAuthnAbortService.cancelCeremony();
  };
  const answer = ask().then(
    (credential): CeremonyEnding => ({ kind: 'answered', credential }),
    (error: unknown): CeremonyEnding => ({ kind: kindOf(error) }),
  );
  const timer = setTimeout(() => end('timeout'), milliseconds);
  const ceremony: Ceremony = { stop: () => end('aborted'), settled: answer };
  place[lock] = ceremony;
  const ending = await Promise.race([answer, stopped]);
  clearTimeout(timer);
  if (place[lock] === ceremony) place[lock] = undefined;
  return ending;
}

/** Only `InvalidStateError` means that there is one already (hanko#2824). */
function kindOf(error: unknown): 'aborted' | 'cancelled' | 'exists' | 'failed' {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'AbortError') return 'aborted';
  if (name === 'NotAllowedError') return 'cancelled';
  return name === 'InvalidStateError' ? 'exists' : 'failed';
}

type LibraryRequest = Parameters<typeof startAuthentication>[0]['optionsJSON'];
type LibraryCreation = Parameters<typeof startRegistration>[0]['optionsJSON'];

/** The same JSON under the library's narrower types: it is the server's, made by the library's other half. */
const request = (options: RequestOptionsJson): LibraryRequest => options as unknown as LibraryRequest;
const creation = (options: CreationOptionsJson): LibraryCreation => options as unknown as LibraryCreation;

/** Tells the browser that the server does not know a passkey, so that it is not offered again. */
export function signalUnknown(rpId: string, credentialId: string): void {
  signal('signalUnknownCredential', { rpId, credentialId });
}

/** Tells the browser which passkeys are good and what their owner is called now. */
export function signalAccepted(of: PasskeySignal): void {
  const whose = { rpId: of.rp_id, userId: of.user_id };
  signal('signalAllAcceptedCredentials', { ...whose, allAcceptedCredentialIds: of.accepted_credential_ids });
  signal('signalCurrentUserDetails', { ...whose, name: of.name, displayName: of.display_name });
}

/** Signals are a kindness to the browser: missing or refused, they change nothing for the person. */
function signal(name: string, options: object): void {
  if (typeof PublicKeyCredential !== 'function') return;
  const send: unknown = Reflect.get(PublicKeyCredential, name);
  if (typeof send !== 'function') return;
  void Promise.resolve()
    .then((): unknown => Reflect.apply(send, PublicKeyCredential, [options]))
    .catch(() => undefined);
}
