import type { MethodName } from '@portico/contract';
import type { App, Client } from '../model/app.ts';
import type { Challenge } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';
import type { ChallengeId } from '../model/ids.ts';
import type { Verdict } from '../model/proof.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';

/** Whom a method asks, and for what. */
export interface MethodContext {
  readonly app: App;
  readonly client: Client;
  readonly flow: Flow;
  /** Who the identifier leads to. Absent for a stranger: the method does the same work all the same. */
  readonly user: User | undefined;
  /** It is asked beside the first factor, of whoever that has proved: the flow in here is about the user's own address or number. */
  readonly asksSecond?: true;
  /** A backend has the code of this sign-in sent elsewhere: the flow in here is about where it goes, and proves nothing of that. */
  readonly detour?: Detour;
  /** Beside `asksSecond`: it is not their own yet, and becomes so with the right answer. */
  readonly adds?: AddedContact;
}

/** A code that goes elsewhere than to the user's own. */
export interface Detour {
  /** Where, as the audit trail says it: no more than its end. */
  readonly to: string;
  /** What the flow is about, as tallies and budgets know it. */
  readonly named: string;
}

/** An address or a number that a user adds. */
export interface AddedContact {
  /** Somebody else has proved it: the same work is done, and no answer is right. Only where it is sent to is told. */
  readonly isTaken: boolean;
  /** Gives it to the user, in the transaction that takes the code. What it throws takes that back too. */
  settle(store: Store): Promise<void>;
}

/** What a method has opened: the flow keeps it. */
export interface Begun {
  readonly challenges: Readonly<Partial<Record<MethodName | 'enroll' | 'scan', ChallengeId>>>;
  readonly matchNumber?: string;
}

/** A way to prove who you are. A folder each; a method never imports another. */
export interface Method<Answer> {
  /** Makes the challenge and delivers it. */
  begin(context: MethodContext): Promise<Begun>;
  /** Judges an answer. A wrong answer is a verdict, never an exception. */
  answer(context: MethodContext, challenge: Challenge, answer: Answer): Promise<Verdict>;
}
