import type { FlowKind, FlowView } from '@portico/contract';
import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { Arrival } from './arrival.ts';
import { frameStyles } from './auth-login.styles.ts';
import { createContext } from './create-context.ts';
import { SpokenLanguage } from './copy/spoken-language.ts';
import { AuthActionEvent, AuthCompleteEvent, AuthErrorEvent, AuthStepEvent, AuthTokensEvent } from './events.ts';
import type { Ending } from './flow/finish-flow.ts';
import { createPort } from './flow/create-port.ts';
import { FlowController } from './flow/flow-controller.ts';
import type { Fault } from './flow/outcome.ts';
import { PasskeyController } from './flow/passkey-controller.ts';
import { Ticker } from './flow/ticker.ts';
import { frameTemplate } from './frame.ts';
import type { ViewChange } from './flow/flow-hooks.ts';
import { LightForm } from './light-form.ts';
import { isOther, mayFocus } from './may-focus.ts';
import { faultText } from './parts/notice.ts';
import { attributes, readSettings, type AutofocusPolicy } from './attributes.ts';
import { lineText, politeText } from './polite-text.ts';
import { renderStep } from './steps/render-step.ts';
import { startingView } from './steps/starting.view.ts';

/**
 * A login form that follows what the server says, whatever its steps are.
 *
 * @tag auth-login
 * @attr {string} login-url - Of a page with a backend: `POST` there answers `{issuer, client_id, request_uri}`.
 * @attr {string} return-to - With `login-url`: where the person goes afterwards.
 * @attr {string} issuer - Without a backend: the login server's address.
 * @attr {string} client-id - With `issuer`: the client on whose behalf the person signs in.
 * @attr {string} redirect-uri - With `issuer`: makes the widget a browser-only client (PKCE); tokens come in `auth-tokens`.
 * @attr {string} request-uri - With `issuer`: a pushed authorization request (RFC 9126) to go on with.
 * @attr {string} scope - Of a browser-only client, `openid` by default.
 * @attr {string} allowed-redirects - Further origins or private schemes (`com.example.app:`) to which the widget may go, split by spaces.
 * @attr {string} challenge - Instead of `acr-values` and `max-age`: the `WWW-Authenticate` of an API that asks for more (RFC 9470). Makes `kind` `step-up`.
 * @attr {'sign-in'|'sign-up'|'recover'|'step-up'|'link'} kind - What the flow is for. `step-up` asks whoever is signed in for what is missing, `link` adds an account at a provider to theirs; with `login-url` the page stays as it is.
 * @attr {boolean} create-new-user - Of a browser-only client: strangers may sign up, where the app agrees.
 * @attr {'none'|'first'|'after-first'} autofocus-policy - When a new step takes the focus.
 * @attr {boolean} no-code-autosubmit - A full code waits for the button.
 * @attr {number} heading-level - Level of the step's heading, 2 by default.
 * @attr {'light'|'dark'|'auto'} theme - Without it the page's `color-scheme` holds.
 * @attr {string} lang - Language of the texts and of the mails: en, de, es, fr, ja, ar. Without it the login preferences decide.
 * @attr {string} demo - A step's name: shows it without any server. `enter-code/code_wrong` shows a fault too.
 * @slot before - Above everything in the card.
 * @slot logo - Takes the place of the app's logo.
 * @slot footer - Below the form: terms, privacy, help.
 * @fires {AuthStepEvent} auth-step - A step is on screen.
 * @fires {AuthActionEvent} auth-action - Before an action is sent; cancellable.
 * @fires {AuthCompleteEvent} auth-complete - The person is signed in; cancel it to stay on the page.
 * @fires {AuthTokensEvent} auth-tokens - The tokens of a browser-only client.
 * @fires {AuthErrorEvent} auth-error - Something did not work.
 * @csspart card - The frame.
 * @csspart brand - Logo and name.
 * @csspart logo - The app's logo, or its first letter.
 * @csspart app-name - The app's name.
 * @csspart offline - The line that says that there is no network, or that a puzzle is being solved.
 * @cssprop --auth-login-accent - Main button, focus rings, links.
 * @cssprop --auth-login-on-accent - Text on the accent; black or white by itself.
 * @cssprop --auth-login-surface - The card.
 * @cssprop --auth-login-field - Inside of inputs.
 * @cssprop --auth-login-text - Text.
 * @cssprop --auth-login-muted - Text of second rank.
 * @cssprop --auth-login-border - Borders of inputs and buttons.
 * @cssprop --auth-login-line - The card's border and dividers.
 * @cssprop --auth-login-danger - Errors.
 * @cssprop --auth-login-good - What went well.
 * @cssprop [--auth-login-radius=0.75rem] - Corners.
 * @cssprop [--auth-login-width=26.5rem] - Widest the card gets.
 * @cssprop [--auth-login-padding=2.5rem] - Space inside the card.
 * @cssprop --auth-login-shadow - The card's shadow.
 * @cssprop [--auth-login-font=system-ui] - Font family.
 * @cssprop [--auth-login-font-size=1rem] - Size from which all others follow.
 */
export class AuthLogin extends LitElement {
  static override styles = frameStyles;
  static override properties = attributes;

  declare kind: FlowKind;
  declare loginUrl: string | undefined;
  declare returnTo: string | undefined;
  declare issuer: string | undefined;
  declare clientId: string | undefined;
  declare requestUri: string | undefined;
  declare redirectUri: string | undefined;
  declare scope: string | undefined;
  declare resource: string | undefined;
  declare acrValues: string | undefined;
  declare maxAge: string | undefined;
  declare challenge: string | undefined;
  declare prompt: string | undefined;
  declare loginHint: string | undefined;
  declare createNewUser: boolean;
  declare allowedRedirects: string | undefined;
  declare autofocusPolicy: AutofocusPolicy;
  declare noCodeAutosubmit: boolean;
  declare headingLevel: number;
  declare demo: string | undefined;

  readonly #flow: FlowController;
  readonly #passkeys: PasskeyController;
  #form: LightForm | undefined;
  readonly #language = new SpokenLanguage(this);
  #startedWith: string | undefined;
  #focusNext: 'step' | 'fault' | undefined;
  readonly #arrival = new Arrival();
  #draft = '';

  constructor() {
    super();
    this.kind = 'sign-in';
    this.autofocusPolicy = 'after-first';
    this.createNewUser = false;
    this.noCodeAutosubmit = false;
    this.headingLevel = 2;
    this.#flow = new FlowController(this, {
      allowedRedirects: () => [location.origin, this.#flow.beginning?.issuer ?? '', this.redirectUri ?? '', ...(this.allowedRedirects ?? '').split(/\s+/)].filter(Boolean),
      createPort: (issuer) => {
        this.#passkeys.isDemo = this.demo !== undefined;
        return createPort(issuer, this.demo);
      },
      mayRun: (action) => this.#flow.view === undefined || this.dispatchEvent(new AuthActionEvent(action, this.#flow.view.step)),
      onView: (view, change) => this.#viewChanged(view, change),
      onFault: (fault) => this.#failed(fault),
      onEnding: (ending, view) => this.#ended(ending, view.new_user),
      onPreferences: ({ branding }) => {
        if (branding.accent_color !== undefined) this.style.setProperty('--_al-brand', branding.accent_color);
        this.#speak();
      },
    });
    this.#passkeys = new PasskeyController(this.#flow);
    this.addController(new Ticker(this, () => ['enter-code', 'wait-for-link', 'blocked'].includes(this.#flow.view?.step ?? '')));
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  override attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    super.attributeChangedCallback(name, before, after);
    if (name === 'lang' && this.#language.heard(after)) this.#speak();
  }

  override connectedCallback(): void {
    this.#form ??= new LightForm(this);
    this.#form.connect();
    super.connectedCallback();
    if (this.#flow.view !== undefined) void this.#passkeys.viewChanged(this.#flow.view);
    this.#speak();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#form?.disconnect();
  }

  protected override render(): TemplateResult {
    const [{ fault, preferences, beginning }, { copy }] = [this.#flow, this.#language];
    return frameTemplate({
      branding: preferences?.branding,
      issuer: beginning?.issuer ?? this.issuer,
      // A region says only what comes into it later.
      polite: !this.hasUpdated ? '' : this.#arrival.said(politeText(this.#flow, { copy, pending: this.#passkeys.pending, arrival: this.#arrival.text })),
      assertive: fault === undefined ? '' : faultText(copy, fault),
      line: lineText(this.#flow, copy),
    });
  }

  /** What is remembered of the first screen is then drawn at once, with nothing before it. */
  protected override willUpdate(): void {
    if (!this.hasUpdated) this.#startIfChanged();
  }

  protected override firstUpdated(): void {
    if (this.#flow.busy === 'start') this.requestUpdate();
  }

  protected override updated(_changed: PropertyValues<this>): void {
    // After the update, so that attributes which arrive together start one flow, and only if we are still on the page.
    void Promise.resolve().then(() => this.#startIfChanged());
    this.#renderForm();
    // Where nothing can take the focus yet, what comes next does, unless the person has gone elsewhere.
    if (this.#form?.focus(this.#focusNext) === true || document.activeElement !== document.body) this.#focusNext = undefined;
  }

  #startIfChanged(): void {
    if (!this.isConnected) return;
    const settings = readSettings(this, [this.#language.wish ?? [], navigator.languages].flat().slice(0, 9).join(' '));
    const key = JSON.stringify({ ...settings, uiLocales: undefined });
    if (key === this.#startedWith) return;
    this.#startedWith = key;
    void this.#flow.start(settings);
  }

  #renderForm(): void {
    const flow = this.#flow;
    const form = this.#form;
    if (form === undefined) return;
    // What was typed before the flow is there outlives whatever comes instead of it.
    if (flow.view === undefined) this.#keepDraft();
    const view = this.#shown;
    const context = createContext(this, { flow, passkeys: this.#passkeys, copy: this.#language.copy, draft: this.#draft, id: form.id, typed: (name) => form.input(name)?.value });
    const { hasFocus } = form;
    const isNew = form.render(view === undefined ? startingView(context) : renderStep(view, context), view === undefined ? `start ${flow.fault?.code ?? ''}` : `${view.step} ${view.kind}`);
    if (this.#arrival.drawn(form, isNew)) this.requestUpdate();
    // Whoever pressed what is gone now goes on at what came instead of it.
    const isLost = hasFocus && !form.hasFocus && this.autofocusPolicy !== 'none';
    if (isLost || (isNew && view !== undefined && view === flow.expected && this.autofocusPolicy === 'first')) this.#focusNext ??= 'step';
  }

  /** The flow's own view; before it is there, what will probably come, once its texts are here. */
  get #shown(): FlowView | undefined {
    const { view, expected } = this.#flow;
    return view ?? (this.#language.isChanging ? undefined : expected);
  }

  #viewChanged(view: FlowView, change: ViewChange): void {
    const { isQuiet, previous, expected } = change;
    this.#keepDraft();
    const takesFocus = !isQuiet && mayFocus(view, change, { policy: this.autofocusPolicy, isInside: this.#form?.hasFocus === true });
    if (takesFocus) this.#focusNext = 'step';
    if (previous !== undefined || isOther(view, expected)) this.#arrival.begin(takesFocus);
    this.requestUpdate();
    void this.#passkeys.viewChanged(view);
    if (view.step !== previous?.step || view.kind !== previous.kind) this.dispatchEvent(new AuthStepEvent(view.step, view.kind, previous?.step));
    const code = this.demo?.split('/')[1];
    if (code !== undefined && previous === undefined) this.#flow.fail({ code: code as Fault['code'], requestId: 'req_demo' });
  }

  #keepDraft(): void {
    this.#draft = this.#form?.input('identifier')?.value || this.#draft;
  }

  #failed(fault: Fault): void {
    this.#focusNext = 'fault';
    this.dispatchEvent(new AuthErrorEvent(fault.code, fault.requestId));
    if (fault.code === 'passkey_unknown') this.#passkeys.forgetUnknown();
    // An action stops what the browser asks; where it failed, autofill waits again.
    if (this.#flow.view !== undefined) void this.#passkeys.viewChanged(this.#flow.view);
  }

  #ended({ redirectTo, tokens }: Ending, isNewUser: boolean): void {
    if (tokens !== undefined) this.dispatchEvent(new AuthTokensEvent(tokens));
    if (this.dispatchEvent(new AuthCompleteEvent(redirectTo, isNewUser)) && redirectTo !== undefined) location.assign(redirectTo.href);
  }

  #speak(): void {
    void this.#language.speak(this.#flow.preferences?.language);
  }
}
