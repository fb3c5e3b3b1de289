import type { FlowView } from '@portico/contract';
import { awaitsLink } from './awaits-link.ts';
import type { FlowEvents } from './flow-events.ts';

interface LinkHooks {
  open(signal: AbortSignal): Promise<Response>;
  hear(view: FlowView): void;
  /** Whether this view is still on screen, on the page. */
  isCurrent(view: FlowView): boolean;
}

/** Listens to the flow's events while the link of a mail or another window may move it on. Their code is fetched when it is first needed. */
export class LinkWatch {
  readonly #hooks: LinkHooks;
  #events: FlowEvents | undefined;

  constructor(hooks: LinkHooks) {
    this.#hooks = hooks;
  }

  follow(view: FlowView): void {
    if (awaitsLink(view, this.#events !== undefined)) void this.#listen(view);
    else this.stop();
  }

  stop(): void {
    this.#events?.stop();
  }

  async #listen(view: FlowView): Promise<void> {
    if (this.#events === undefined) {
      const { FlowEvents } = await import('./flow-events.ts');
      this.#events ??= new FlowEvents(
        (signal) => this.#hooks.open(signal),
        (heard) => this.#hooks.hear(heard),
      );
    }
    // The flow may have moved on while the chunk came.
    if (this.#hooks.isCurrent(view)) this.#events.start();
  }
}
