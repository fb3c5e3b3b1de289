import type { ActionName, FlowKind, StepName } from '@portico/contract';
import type { TokenSet } from './flow/flow-port.ts';
import type { FaultCode } from './flow/outcome.ts';

const travelling = { bubbles: true, composed: true } as const;

/** A step is on screen. Holds nothing personal, so that it can be counted. */
export class AuthStepEvent extends Event {
  readonly step: StepName;
  readonly kind: FlowKind;
  readonly previousStep: StepName | undefined;

  constructor(step: StepName, kind: FlowKind, previousStep?: StepName) {
    super('auth-step', travelling);
    this.step = step;
    this.kind = kind;
    this.previousStep = previousStep;
  }
}

/** A person is about to submit an action. Cancel it to hold the action back, for example until terms are accepted. */
export class AuthActionEvent extends Event {
  readonly action: ActionName;
  readonly step: StepName;

  constructor(action: ActionName, step: StepName) {
    super('auth-action', { ...travelling, cancelable: true });
    this.action = action;
    this.step = step;
  }
}

/** The person is signed in. Cancel it to keep the widget from going to `redirectTo`. */
export class AuthCompleteEvent extends Event {
  /** Where the widget goes next; absent if the flow carried no authorization request or the tokens are here already. */
  readonly redirectTo: URL | undefined;
  /** Whether this flow created the user. */
  readonly isNewUser: boolean;

  constructor(redirectTo: URL | undefined, isNewUser: boolean) {
    super('auth-complete', { ...travelling, cancelable: true });
    this.redirectTo = redirectTo;
    this.isNewUser = isNewUser;
  }
}

/** The tokens of a browser-only client. The widget keeps no copy: where they live is the page's decision. */
export class AuthTokensEvent extends Event {
  readonly tokens: TokenSet;

  constructor(tokens: TokenSet) {
    super('auth-tokens', travelling);
    this.tokens = tokens;
  }
}

/** Something did not work; the widget shows it. */
export class AuthErrorEvent extends Event {
  readonly code: FaultCode;
  /** Appears in the server's log too. */
  readonly requestId: string | undefined;

  constructor(code: FaultCode, requestId?: string) {
    super('auth-error', travelling);
    this.code = code;
    this.requestId = requestId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'auth-step': AuthStepEvent;
    'auth-action': AuthActionEvent;
    'auth-complete': AuthCompleteEvent;
    'auth-tokens': AuthTokensEvent;
    'auth-error': AuthErrorEvent;
  }
}
