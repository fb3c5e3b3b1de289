import type { IdentifierKind, IdentifyView, LoginPreferencesView, MethodName } from '@portico/contract';
import type { FlowSettings } from './flow-settings.ts';
import { isOfSignedIn } from './of-signed-in.ts';
import { hasMoved, recallScreen, type RememberedScreen } from './screen-memory.ts';

/**
 * The first step before the flow is there: from the login preferences, remembered or fresh, since a flow that begins asks for
 * an address. Somebody can type at once, and what they press is held until the flow has come.
 *
 * Owns: what the first view will probably be, and the one press that waits for it. Does not own: the flow's own view, which
 * alone counts, is announced and is told to the page.
 */
export class FirstScreen {
  /** What will probably come; `undefined` where nothing is awaited, or too little is known to say. */
  view: IdentifyView | undefined;
  #settings: FlowSettings | undefined;
  #remembered: RememberedScreen | undefined;
  #held: (() => void) | undefined;

  /** A flow starts. What is known from the last visit comes back; without a first screen to draw, nothing. */
  begin(settings: FlowSettings): LoginPreferencesView | undefined {
    this.close();
    this.#settings = settings;
    this.#remembered = recallScreen(settings);
    if (settings.demo !== undefined || isOfSignedIn(settings.kind) || this.#remembered?.isBare === false || hasMoved(settings)) this.#settings = undefined;
    return this.#settings === undefined ? undefined : this.#remembered?.preferences;
  }

  /** The login preferences are known. */
  expect(preferences: LoginPreferencesView): void {
    // The buttons of providers come with a chunk of their own, and open a window by the press itself: neither can wait for a flow.
    if (preferences.methods.some(({ name }) => name === 'social')) this.#settings = undefined;
    if (this.#settings !== undefined) this.view = expectedView(this.#settings, preferences, this.#remembered);
  }

  /** What was pressed before the flow was there. The last press counts. */
  hold(press: () => void): void {
    this.#held = press;
  }

  /** The flow's own view is there, or will not come. Gives what was pressed meanwhile. */
  close(): (() => void) | undefined {
    const held = this.#held;
    this.#held = this.view = this.#settings = undefined;
    return held;
  }
}

function expectedView(settings: FlowSettings, { methods, sign_up: signUp, usernames }: LoginPreferencesView, remembered: RememberedScreen | undefined): IdentifyView | undefined {
  const { kind, loginUrl, requestUri, createNewUser, loginHint } = settings;
  if (kind === 'sign-up' && !signUp.is_open) return undefined;
  const names = methods.map(({ name }) => name);
  // Of a backend's request nobody knows yet whether it makes strangers users.
  const mayAsk = createNewUser === true || loginUrl !== undefined || requestUri !== undefined;
  return {
    kind,
    flow_expires_at: '',
    step: 'identify',
    methods: names,
    identifiers: identifiersOf(names, kind === 'sign-up' ? undefined : usernames),
    ...(loginHint === undefined ? {} : { identifier: loginHint }),
    may_sign_up: signUp.is_open && (remembered?.maySignUp ?? mayAsk),
    // The button alone: there is no challenge before the flow.
    ...(kind === 'sign-in' && names.includes('passkey') ? { passkey: { options: { challenge: '' }, expires_at: '' }, ...crossDeviceIn(methods) } : {}),
  };
}

const crossDeviceIn = (methods: LoginPreferencesView['methods']): Pick<IdentifyView, 'cross_device'> =>
  methods.some((method) => method.name === 'passkey' && method.cross_device === true) ? { cross_device: true } : {};

/** What the first field takes, as the server says it: that which the methods can prove. */
function identifiersOf(methods: readonly MethodName[], usernames: true | undefined): readonly IdentifierKind[] {
  const takesMails = methods.includes('email-code') || methods.includes('magic-link');
  return [...(takesMails ? (['email'] as const) : []), ...(methods.includes('sms-code') ? (['phone'] as const) : []), ...(usernames ? (['username'] as const) : [])];
}
