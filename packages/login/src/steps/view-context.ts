import type { ActionName, FlowActions, FlowKind, FlowView, LoginPreferencesView, MethodName } from '@portico/contract';
import type { Copy, FirstCopy } from '../copy/copy.ts';
import type { Beginning } from '../flow/begin-flow.ts';
import type { Fault } from '../flow/outcome.ts';
import type { PasskeySupport } from '../flow/passkey-support.ts';

/** The browser's side of passkeys, as a view needs it. */
export interface PasskeyContext {
  readonly support: PasskeySupport['state'];
  readonly pending: 'ask' | 'create' | 'upgrade' | undefined;
  /** `wish` goes with the answer. */
  ask(wish?: Pick<FlowActions['submit-passkey'], 'remember_device'>): void;
  enroll(): void;
  arm(): void;
}

/** Everything a view may know beside the view itself. A view is a function of both, and nothing else. */
export interface ViewContext<C extends FirstCopy = Copy> {
  readonly copy: C;
  readonly preferences: LoginPreferencesView | undefined;
  readonly kind: FlowKind;
  readonly fault: Fault | undefined;
  readonly notice: 'resent' | undefined;
  readonly busy: ActionName | 'start' | undefined;
  /** Whole seconds since the view arrived. */
  readonly elapsed: number;
  /** Milliseconds since 1970, for moments that the server names. */
  readonly now: number;
  readonly headingLevel: number;
  readonly submitsCodeAtFullLength: boolean;
  /** An account at a provider that waits for its owner to prove who they are here. */
  readonly linking: FlowView['linking'] | undefined;
  /** Whose account it is, of whoever is signed in already. */
  readonly steppingUpAs: string | undefined;
  readonly lastMethod: MethodName | undefined;
  /** What stood in the identifier field when the view arrived. */
  readonly draft: string;
  /** Where this flow went and with what. */
  readonly beginning: Beginning | undefined;
  /** Where the page wants the person to be afterwards. As the page wrote it: check before going there. */
  readonly returnTo: string | undefined;
  /** The page was given its request: it is the issuer's own, not an app's. */
  readonly isHosted: boolean;
  readonly passkeys: PasskeyContext;
  /** An id that is stable for this instance and unique on the page. */
  id(name: string): string;
  /** `then` is given where the flow stands afterwards, well or not. */
  act<A extends ActionName>(action: A, body: FlowActions[A], then?: (view: FlowView | undefined) => void): void;
  /** Shows a fault that was found before anything was sent. */
  refuse(fault: Fault): void;
  /** What stands in a field now; nothing where it is not on screen. */
  typed(name: string): string | undefined;
  /** Shows the step anew, after something that no flow knows of: typing. */
  refresh(): void;
  retry(): void;
  startAgain(): void;
  switchKind(kind: FlowKind): void;
  forgetPerson(): void;
}

/** The same while only the first screen's texts are sure to be here. */
export type FirstContext = ViewContext<FirstCopy>;
