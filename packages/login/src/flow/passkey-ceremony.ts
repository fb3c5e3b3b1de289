import type { RequestOptionsJson } from '@portico/contract';
import { pause } from './clock.ts';
import { getPasskey } from './get-passkey.ts';

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
/** A browser that gives up in time says the same as after a "no": the question ends a little before. */
const beforeBrowser = 250;
const autofillMilliseconds = 30 * 60_000;

/** Waits behind the identifier field until a passkey is picked from autofill. */
export const askByAutofill = (options: RequestOptionsJson): Promise<CeremonyEnding> =>
  hold(autofillMilliseconds, (signal) => getPasskey(options, { signal, mediation: 'conditional' }));

/** Opens the browser's dialog. Call it inside the press of a button. */
export const askByDialog = (options: RequestOptionsJson): Promise<CeremonyEnding> =>
  hold(patience(options), (signal) => getPasskey(options, { signal }));

/** How long a dialog may be open. */
export const patience = ({ timeout = modalMilliseconds }: { readonly timeout?: number }): number => Math.min(modalMilliseconds, timeout - beforeBrowser);

/** Ends whatever is being asked in this document and waits until the browser has let go of it. */
export async function stopCeremony(): Promise<void> {
  const running = (document as Locked)[lock];
  if (running === undefined) return;
  running.stop();
  // A browser that does not let go must not hold the next question for ever.
  await Promise.race([running.settled, pause(400)]);
}

/** Asks under the document's lock, with an end of its own. */
export async function hold(milliseconds: number, ask: (signal: AbortSignal) => Promise<{ readonly id: string }>): Promise<CeremonyEnding> {
  await stopCeremony();
  const place = document as Locked;
  const aborter = new AbortController();
  let resolveStop: (ending: CeremonyEnding) => void = () => undefined;
  const stopped = new Promise<CeremonyEnding>((resolve) => {
    resolveStop = resolve;
  });
  const end = (kind: 'aborted' | 'timeout'): void => {
    resolveStop({ kind });
    aborter.abort();
  };
  const answer = ask(aborter.signal).then(
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
