import { AuthLogin } from './auth-login.element.ts';

/** Importing this file registers the tag; it is the only one with that effect. On a server there is nothing to register for. */
if (globalThis.document !== undefined && customElements.get('auth-login') === undefined) {
  customElements.define('auth-login', AuthLogin);
}

declare global {
  interface HTMLElementTagNameMap {
    'auth-login': AuthLogin;
  }
}
