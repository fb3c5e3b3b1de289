import type { EnrollPasskeyView, FlowActions, FlowView, PasskeyRequest } from '@portico/contract';
import type { ReactiveController } from 'lit';
import { now } from './system-clock.ts';
import type { Enrolling } from './enroll-passkey.ts';
import type { FlowController } from './flow-controller.ts';
import {
  askByAutofill,
  askByDialog,
  stopCeremony,
  type CeremonyEnding,
} from './passkey-ceremony.ts';
import { belongsTo, passkeyState, probePasskeySupport, type PasskeySupport } from './passkey-support.ts';

/** A clock that is wrong must not make the widget ask for new challenges without end. */
const shortestLife = 30_000;
const pauseAfterFailure = 60_000;
const longestTimer = 2 ** 31 - 1;

/** Ties a flow to the browser's passkeys: when to ask, when to stop, what to make of the end. Owns no HTML and no HTTP. */
export class PasskeyController implements ReactiveController {
  support: PasskeySupport | undefined;
  /** Fixtures have no challenge worth asking for: buttons answer at once, nothing starts by itself. */
  isDemo = false;
  /** What the browser is asking the person right now. Autofill waits unseen and is not in here. */
  pending: 'ask' | 'create' | 'upgrade' | undefined;
  readonly #flow: FlowController;
  #probe: Promise<PasskeySupport> | undefined;
  #armedFor: string | undefined;
  #handled: string | undefined;
  #last: { readonly id: string; readonly rpId: string | undefined } | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;

  readonly #enrolling: Enrolling;

  constructor(flow: FlowController) {
    this.#flow = flow;
    this.#enrolling = { flow, during: (what, ask) => this.#during(what, ask), tell: (ending) => this.#tell(ending) };
    flow.host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Whether a button makes sense here. Fixtures show it everywhere. */
  get state(): PasskeySupport['state'] {
    return this.isDemo ? 'ready' : (this.support?.state ?? passkeyState());
  }

  /** Called with each view that arrives; does what that step wants of the browser. */
  async viewChanged(view: FlowView): Promise<void> {
    clearTimeout(this.#renewal);
    if (view.step === 'done' && view.passkey_signal !== undefined) {
      const { passkey_signal: signal } = view;
      void loadSignals().then(({ signalAccepted }) => signalAccepted(signal), () => undefined);
    }
    if (this.isDemo || !this.#flow.isConnected) return;
    if (view.step === 'identify' && view.passkey !== undefined) this.#renewBefore(view.passkey);
    const challenge = challengeOf(view);
    if (challenge === undefined) return this.stop();
    const isNew = this.#handled !== challenge;
    // Until it is clear whether there is anything to offer, nothing is: an offer that vanishes would only confuse. A second
    // factor to be set up stands at once, or its other ways would move under a finger.
    const mayVanish = view.step === 'enroll-passkey' && (view.may_upgrade_silently || (view.may_skip && view.other_methods === undefined));
    if (mayVanish && isNew) this.pending = 'upgrade';
    const support = await this.#supported();
    if (this.#flow.view !== view || !this.#flow.isConnected) return;
    if (view.step === 'identify') return this.arm();
    if (!isNew) return;
    this.#handled = challenge;
    // Where there is something to tick, the person presses the button.
    if (view.step === 'use-passkey' && support.state === 'ready' && view.remember_days === undefined) return this.ask();
    if (view.step === 'enroll-passkey') await this.#offer(view, support);
  }

  /** Waits for a passkey from autofill, if this browser and this page can. Does nothing while it waits already. */
  async arm(): Promise<void> {
    const { view } = this.#flow;
    if (view?.step !== 'identify' || view.passkey === undefined || this.pending !== undefined || !this.#flow.isConnected) return;
    const { options } = view.passkey;
    const isAble = this.support?.mayAutofill === true && (this.support.mayRelate || belongsTo(location.hostname, options.rpId));
    if (!isAble || this.#armedFor === options.challenge) return;
    this.#armedFor = options.challenge;
    const ending = await askByAutofill(options);
    if (this.#armedFor === options.challenge) this.#armedFor = undefined;
    // Whatever else happened stays unseen: nobody asked. The next focus of the field arms it again.
    if (ending.kind === 'answered') await this.#answer(ending.credential);
  }

  /** The button: asks with a dialog. */
  async ask(wish?: Pick<FlowActions['submit-passkey'], 'remember_device'>): Promise<void> {
    const { view, expected } = this.#flow;
    if (expected !== undefined) return this.#flow.hold('submit-passkey', () => void this.ask());
    const request = view?.step === 'identify' || view?.step === 'use-passkey' ? view.passkey : undefined;
    if (request === undefined) return;
    if (this.isDemo) return this.#answer({ id: '' });
    const ending = await this.#during('ask', () => askByDialog(request.options));
    if (ending?.kind === 'answered') await this.#answer(ending.credential, wish);
    else this.#tell(ending);
  }

  /** The button: makes a passkey with a dialog. */
  async enroll(): Promise<void> {
    const { view } = this.#flow;
    if (view?.step !== 'enroll-passkey') return;
    if (this.isDemo) return this.#flow.run('enroll', { credential: {} });
    const { enrollByDialog } = await loadEnrolling();
    await enrollByDialog(view, this.#enrolling);
  }

  /** Ends what the browser asks; the way out is never held by a dialog. */
  stop(): void {
    clearTimeout(this.#renewal);
    if (this.pending === undefined && this.#armedFor === undefined) return;
    this.pending = undefined;
    this.#armedFor = undefined;
    void stopCeremony();
  }

  /** The server refused the last passkey as one that it does not know. */
  forgetUnknown(): void {
    const { id, rpId = location.hostname } = this.#last ?? {};
    if (id === undefined) return;
    void loadSignals().then(({ signalUnknown }) => signalUnknown(rpId, id), () => undefined);
  }

  async #offer(view: EnrollPasskeyView, support: PasskeySupport): Promise<void> {
    try {
      const { offerPasskey } = await loadEnrolling();
      await offerPasskey(view, support, this.#enrolling);
    } catch {
      // The chunk did not arrive; the button fetches it again.
    }
    if (this.pending !== 'upgrade' || this.#flow.view !== view) return;
    this.pending = undefined;
    this.#flow.host.requestUpdate();
  }

  async #during(what: 'ask' | 'create' | 'upgrade', ask: () => Promise<CeremonyEnding>): Promise<CeremonyEnding | undefined> {
    if (this.pending !== (what === 'upgrade' ? 'upgrade' : undefined)) return undefined;
    this.pending = what;
    if (what !== 'upgrade') this.#flow.clearFault();
    this.#flow.host.requestUpdate();
    const ending = await ask();
    // Stopped from outside, or followed by another question: that one owns the screen now.
    if (this.pending !== what) return undefined;
    this.pending = undefined;
    this.#flow.host.requestUpdate();
    return ending;
  }

  async #answer(credential: { readonly id: string }, wish?: object): Promise<void> {
    const { view } = this.#flow;
    const request = view?.step === 'identify' || view?.step === 'use-passkey' ? view.passkey : undefined;
    this.#last = { id: credential.id, rpId: request?.options.rpId };
    await this.#flow.run('submit-passkey', { credential, ...wish });
  }

  #tell(ending: CeremonyEnding | undefined): void {
    if (ending === undefined || ending.kind === 'answered') return;
    if (ending.kind === 'cancelled') this.#flow.fail({ code: 'passkey_cancelled' });
    if (ending.kind === 'timeout') this.#flow.fail({ code: 'passkey_timeout' });
    if (ending.kind === 'exists') this.#flow.fail({ code: 'passkey_exists' });
    if (ending.kind === 'failed') this.#flow.fail({ code: 'passkey_failed' });
    void this.arm();
  }

  async #supported(): Promise<PasskeySupport> {
    this.#probe ??= probePasskeySupport();
    const support = await this.#probe;
    if (this.support === undefined) {
      this.support = support;
      this.#flow.host.requestUpdate();
    }
    return support;
  }

  /** A challenge that runs out while nobody types is renewed without a word; a hidden page waits until it is seen. */
  #renewBefore(request: PasskeyRequest): void {
    const left = Date.parse(request.expires_at) - now() - 5_000;
    this.#renewal = setTimeout(() => void this.#renew(), Math.min(Math.max(left, shortestLife), longestTimer));
  }

  /** The flow itself may have ended meanwhile: then a new one takes its place, and what was typed stays. */
  async #renew(): Promise<void> {
    const { view } = this.#flow;
    if (view?.step !== 'identify') return;
    const isFree = document.visibilityState === 'visible' && this.pending === undefined;
    if (isFree) await this.#flow.run('restart', {}, { isQuiet: true });
    // A view that came has its own timer. None came: the network may be back later.
    if (this.#flow.view !== view || !this.#flow.isConnected) return;
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => void this.#renew(), isFree ? pauseAfterFailure : 5_000);
  }
}

/** Fetched when the step is shown, so that it is here when the button is pressed. */
const loadEnrolling = (): Promise<typeof import('./enroll-passkey.ts')> => import('./enroll-passkey.ts');

const loadSignals = (): Promise<typeof import('./passkey-signals.ts')> => import('./passkey-signals.ts');

function challengeOf(view: FlowView): string | undefined {
  if (view.step === 'identify') return view.passkey?.options.challenge;
  if (view.step === 'use-passkey') return view.passkey.options.challenge;
  return view.step === 'enroll-passkey' ? view.creation.options.challenge : undefined;
}
