import type { ReactiveController } from 'lit';

interface PageHooks {
  onNetwork(isOffline: boolean): void;
  /** The page came back from the browser's cache: nothing is under way any more. */
  onReturn(): void;
}

/** What the window says of the network and of coming back, while the element is on the page. */
export class PageWatch implements ReactiveController {
  readonly #hooks: PageHooks;

  constructor(hooks: PageHooks) {
    this.#hooks = hooks;
  }

  hostConnected(): void {
    window.addEventListener('online', this.#onNetwork);
    window.addEventListener('offline', this.#onNetwork);
    window.addEventListener('pageshow', this.#onPageShow);
    this.#onNetwork();
  }

  hostDisconnected(): void {
    window.removeEventListener('online', this.#onNetwork);
    window.removeEventListener('offline', this.#onNetwork);
    window.removeEventListener('pageshow', this.#onPageShow);
  }

  readonly #onNetwork = (): void => this.#hooks.onNetwork(!navigator.onLine);

  readonly #onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#hooks.onReturn();
  };
}
