import { methodNames, type FlowView, type LoginPreferencesView } from '@portico/contract';
import type { FlowSettings } from './flow-settings.ts';
import { recallRequest } from './memory.ts';
import { isOfSignedIn } from './of-signed-in.ts';

/**
 * What the first screen of a page looked like the last time, so that the next visit need not wait to draw it. Nothing personal:
 * the login preferences, which anybody may read, and two facts of the step. A hint (glossary): the server's own view follows and
 * replaces it, and losing it costs a moment.
 */
export interface RememberedScreen {
  readonly preferences: LoginPreferencesView;
  readonly maySignUp: boolean;
  /** Whether it was the bare first step. If not (somebody was signed in), the next one probably is not either. */
  readonly isBare: boolean;
}

/** The number is the shape's: what an older release has kept is passed over. */
const screenKey = ({ loginUrl, issuer = '', clientId = '' }: FlowSettings): string =>
  `portico:screen-1:${loginUrl === undefined ? `${issuer} ${clientId}` : new URL(loginUrl, location.href).href} ${navigator.languages.join()}`;
const movedKey = 'portico:moved';

/** What the first step has where nothing is known of the person. */
const bare: readonly string[] = ['step', 'kind', 'expires_at', 'flow_expires_at', 'methods', 'identifiers', 'identifier', 'may_sign_up', 'passkey'];

/** The first screen of this page, if this browser has seen it. */
export function recallScreen(settings: FlowSettings): RememberedScreen | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(screenKey(settings)) ?? 'null');
    return isScreen(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps what a flow has shown first for the next visit; of a flow that this page only goes on with, nothing. A storage that is
 * full or forbidden costs a moment (see `memory.ts`).
 */
export function rememberFirst(settings: FlowSettings, preferences: LoginPreferencesView, view: FlowView): void {
  if (settings.demo !== undefined || isOfSignedIn(settings.kind) || hasMoved(settings)) return;
  const isBare = view.step === 'identify' && Object.keys(view).every((name) => bare.includes(name));
  const screen: RememberedScreen = { preferences, maySignUp: 'may_sign_up' in view && view.may_sign_up, isBare };
  quietly(() => localStorage.setItem(screenKey(settings), JSON.stringify(screen)));
}

/** A flow that has left the first step: a reload in this tab goes on there. */
export function rememberMoved(requestUri: string | undefined): void {
  if (requestUri !== undefined) quietly(() => sessionStorage.setItem(movedKey, requestUri));
}

/** Whether the flow that this page goes on with has left the first step. */
export function hasMoved({ loginUrl, requestUri }: FlowSettings): boolean {
  const resumed = loginUrl === undefined ? requestUri : recallRequest(loginUrl)?.request_uri;
  if (resumed === undefined) return false;
  try {
    return sessionStorage.getItem(movedKey) === resumed;
  } catch {
    return false;
  }
}

function isScreen(value: unknown): value is RememberedScreen {
  const { preferences, maySignUp, isBare } = (value ?? {}) as Partial<RememberedScreen>;
  if (typeof maySignUp !== 'boolean' || typeof isBare !== 'boolean') return false;
  const { methods, branding, sign_up: signUp, language } = preferences ?? {};
  const hasMethods = Array.isArray(methods) && methods.every((method: unknown) => methodNames.some((name) => name === Reflect.get(Object(method), 'name')));
  return hasMethods && typeof branding?.app_name === 'string' && typeof signUp?.is_open === 'boolean' && typeof language === 'string';
}

function quietly(write: () => void): void {
  try {
    write();
  } catch {
    // See `rememberFirst`.
  }
}
