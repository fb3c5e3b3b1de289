import type { ActionName, FlowActions, FlowView, IdentifyView, LoginPreferencesView, MethodName, PuzzleView } from '@portico/contract';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { loadStep } from '../steps/load-step.ts';
import type { Beginning } from './begin-flow.ts';
import { now } from './system-clock.ts';
import { actThroughPuzzle } from './act-through-puzzle.ts';
import { endFlow } from './end-flow.ts';
import type { FlowHooks } from './flow-hooks.ts';
import type { FlowPort } from './flow-port.ts';
import type { FlowSettings } from './flow-settings.ts';
import { FirstScreen } from './first-screen.ts';
import { LinkWatch } from './link-watch.ts';
import { openFlow } from './open-flow.ts';
import { PageWatch } from './page-watch.ts';
import { failed, isLost, type Fault, type Outcome } from './outcome.ts';
import { rememberMoved } from './screen-memory.ts';

/** A flow with less than this left is not worth a new question. */
const shortestRest = 30_000;

/** Owns the view of the flow and lets one action run at a time. Owns no HTML, no HTTP, no texts. */
export class FlowController implements ReactiveController {
  readonly host: ReactiveControllerHost & HTMLElement;
  view: FlowView | undefined;
  /** When the view arrived: its `…_seconds` count from here. */
  arrivedAt = 0;
  preferences: LoginPreferencesView | undefined;
  /** Where this flow went and with what. */
  beginning: Beginning | undefined;
  fault: Fault | undefined;
  /** Something that went well and is worth a word. */
  notice: 'resent' | undefined;
  busy: ActionName | 'start' | undefined;
  /** A puzzle is being solved, of this kind. */
  solving: PuzzleView['kind'] | undefined;
  isOffline = false;
  /** Off the page, the widget does nothing more in anybody's name. */
  isConnected = false;
  readonly #hooks: FlowHooks;
  readonly #first = new FirstScreen();
  readonly #link: LinkWatch;
  #port: FlowPort | undefined;
  #settings: FlowSettings | undefined;
  #generation = 0;
  /** Something ran when the element was taken away, so what is on screen may not be where the flow is. */
  #isCut = false;
  #restarts = 0;
  #quiet: Promise<void> | undefined;
  #heard: FlowView | undefined;
  #retry: (() => Promise<void>) | undefined;
  #method: MethodName | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, hooks: FlowHooks) {
    this.host = host;
    this.#hooks = hooks;
    this.#link = new LinkWatch({
      open: (signal) => this.#port?.openEvents(signal) ?? Promise.reject(new Error('no flow')),
      hear: (view) => void this.#hear(view), isCurrent: (view) => this.view === view && this.isConnected,
    });
    host.addController(this);
    host.addController(new PageWatch({ onNetwork: (isOffline) => this.#networkChanged(isOffline), onReturn: () => this.#returned() }));
  }

  hostConnected(): void {
    this.isConnected = true;
    if (this.#isCut) void this.startAgain();
    else if (this.view !== undefined) this.#link.follow(this.view);
  }

  hostDisconnected(): void {
    this.isConnected = false;
    this.#link.stop();
    queueMicrotask(() => {
      // A move within the page takes the element out and puts it in again at once: then everything goes on.
      if (this.isConnected) return;
      this.#generation += 1;
      this.#isCut ||= this.busy !== undefined || this.expected !== undefined;
      this.busy = undefined;
    });
  }

  /** The first step as it will probably be, while the flow is on its way: shown, but neither announced nor told to the page. */
  get expected(): IdentifyView | undefined {
    return this.#first.view;
  }

  /** Begins anew. A start that is under way is overtaken, not awaited. `isQuiet`: nobody asked, so nobody hears that it failed. */
  async start(settings: FlowSettings, { mayRecall = true, isQuiet = false } = {}): Promise<void> {
    const generation = ++this.#generation;
    this.#isCut = false;
    this.#settings = settings;
    this.#link.stop();
    if (!isQuiet) this.busy = 'start';
    // Only a page with nothing on it yet; and who tries again wants to see that something is under way.
    if (this.view === undefined && mayRecall) this.#expect(this.#first.begin(settings));
    this.host.requestUpdate();
    const isCurrent = (): boolean => generation === this.#generation;
    const opened = await openFlow(settings, { mayRecall, isCurrent, createPort: this.#hooks.createPort, onPreferences: (found) => this.#expect(found) });
    if (!isCurrent()) return;
    if (!isQuiet) this.busy = undefined;
    if (opened.ok) [this.#port, this.beginning] = [opened.value.port, opened.value.beginning];
    const outcome = opened.ok ? opened.value.started : opened;
    if (outcome.ok) return this.#show(outcome.value, isQuiet);
    this.#first.close();
    if (isQuiet) return;
    this.#retry = () => this.start(settings, { mayRecall: false });
    this.fail(outcome.fault);
  }

  /** Runs one action; while one runs, a second is passed over. `isQuiet`: nobody pressed anything. */
  async run<A extends ActionName>(action: A, body: FlowActions[A], { isQuiet = false } = {}): Promise<void> {
    if (this.expected !== undefined) return this.hold(action, () => void this.run(action, body));
    if (!this.isConnected || this.busy !== undefined || this.#port === undefined || (isQuiet && this.#quiet !== undefined)) return;
    if (isQuiet) return (this.#quiet = this.#perform(action, body, true).finally(() => (this.#quiet = undefined)));
    if (!this.#hooks.mayRun(action)) return;
    this.busy = action;
    this.clearFault();
    await this.#quiet;
    await this.#perform(action, body, false);
  }

  /** What was pressed before the flow is there; it is done as soon as that has come, at its first step. */
  hold(action: ActionName, press: () => void): void {
    if (!this.isConnected || this.busy !== undefined) return;
    this.busy = action;
    this.#first.hold(press);
    this.clearFault();
  }

  /** Tries again what failed last: the start, or the action. */
  async retry(): Promise<void> {
    const again = this.#retry;
    this.#retry = undefined;
    this.clearFault();
    return again === undefined ? this.startAgain() : again();
  }

  /** A new flow with the same attributes. */
  async startAgain(): Promise<void> {
    this.clearFault();
    if (this.#settings !== undefined) await this.start(this.#settings);
  }

  /** Shows why something did not work. What was sent without a network, and failed once there was one, goes out again: nothing else would say so. */
  fail(fault: Fault): void {
    if (fault.code === 'offline' && navigator.onLine && this.#retry !== undefined) return void this.retry();
    this.fault = fault;
    this.#hooks.onFault(fault);
    this.host.requestUpdate();
  }

  clearFault(): void {
    this.fault = this.notice = undefined;
    this.host.requestUpdate();
  }

  /** Remembered or fresh: what the first step looks like, unless the flow's own view is there. */
  #expect(preferences: LoginPreferencesView | undefined): void {
    if (preferences === undefined) return;
    this.preferences = preferences;
    this.#first.expect(preferences);
    if (this.expected !== undefined && this.busy === 'start') this.busy = undefined;
    this.#hooks.onPreferences(preferences);
    this.host.requestUpdate();
  }

  async #perform<A extends ActionName>(action: A, body: FlowActions[A], isQuiet: boolean): Promise<void> {
    const generation = this.#generation;
    const isOver = isQuiet && Date.parse(this.view?.flow_expires_at ?? '') - now() < shortestRest;
    const outcome: Outcome<FlowView> = this.#port === undefined || isOver ? failed('flow_unknown') : await actThroughPuzzle(this.#port, { action, body }, this);
    if (generation !== this.#generation) return;
    if (!isQuiet) this.busy = undefined;
    if (outcome.ok) {
      this.#restarts = 0;
      if (action === 'submit-passkey') this.#method = 'passkey';
      if (action === 'submit-password') this.#method = 'password';
      if (action === 'resend') this.notice = 'resent';
      return this.#show(outcome.value, isQuiet);
    }
    if (!isQuiet) await this.#refused(outcome.fault, () => this.run(action, body));
    else if (isLost(outcome.fault) && this.#settings !== undefined) await this.start(this.#settings, { isQuiet });
    const heard = this.#heard;
    this.#heard = undefined;
    if (heard !== undefined && outcome.fault.flow === undefined) await this.#hear(heard);
  }

  async #refused(fault: Fault, again: () => Promise<void>): Promise<void> {
    if (isLost(fault) && this.#settings !== undefined && this.#restarts++ < 1) {
      await this.start(this.#settings);
      if (this.fault === undefined) this.fail(fault);
      return;
    }
    this.#retry = isLost(fault) ? undefined : again;
    if (fault.flow !== undefined) await this.#show(fault.flow, false);
    this.fail(fault);
  }

  async #show(view: FlowView, isQuiet: boolean): Promise<void> {
    try {
      await loadStep(view.step, this.preferences);
    } catch {
      // The step's own chunk did not arrive.
      this.#first.close();
      this.#retry = () => this.#show(view, isQuiet);
      return this.fail({ code: navigator.onLine ? 'network' : 'offline' });
    }
    this.#isCut ||= !this.isConnected;
    if (this.#isCut) return;
    const { view: previous, expected } = this;
    const held = this.#first.close();
    this.view = view;
    this.arrivedAt = now();
    if (view.step === 'enter-code' || view.step === 'wait-for-link') this.#method = view.method;
    if (view.step !== 'identify') rememberMoved(this.beginning?.request.request_uri);
    this.#link.follow(view);
    this.host.requestUpdate();
    this.#hooks.onView(view, { isQuiet, previous, expected });
    // What was pressed meanwhile is done if the flow is where the person saw it.
    if (view.step === 'identify') held?.();
    if ('is_approved' in view && view.is_approved === true) await this.run('approve', {});
    if (view.step === 'done') await this.#finish(view);
  }

  async #finish(view: FlowView & { readonly step: 'done' }): Promise<void> {
    const outcome = await endFlow(view, { loginUrl: this.#settings?.loginUrl, method: this.#method, beginning: this.beginning, port: this.#port, allowed: this.#hooks.allowedRedirects(), isConnected: () => this.isConnected });
    this.#isCut ||= !this.isConnected;
    if (this.#isCut) return;
    if (outcome.ok) return this.#hooks.onEnding(outcome.value, view);
    this.#retry = undefined;
    this.fail(outcome.fault);
  }

  /** A view from the stream of events. While an action runs, its own answer is newer. */
  async #hear(view: FlowView): Promise<void> {
    if (this.busy === undefined) await this.#show(view, view.step === this.view?.step);
    else this.#heard = view;
  }

  #networkChanged(isOffline: boolean): void {
    this.isOffline = isOffline;
    this.host.requestUpdate();
    if (!isOffline && this.fault?.code === 'offline') void this.retry();
  }

  #returned(): void {
    this.busy = undefined;
    this.host.requestUpdate();
    if (this.view?.step === 'done' && this.#settings !== undefined) void this.start(this.#settings);
  }
}
