/** What `createAuth` gives: everything that a host, and its support, may ask of a running service. */
import type { JSONWebKeySet } from 'jose';
import type { Middleware } from 'koa';
import type { PasswordDemand, TemporaryPassword, TemporaryPasswordOrder } from './flows/demand-password.ts';
import type { AccountOwner } from './users/find-owner.ts';
import type { RecoveryStart, StartedRecovery } from './flows/start-recovery.ts';
import type { Suspension } from './flows/suspend-user.ts';
import type { UsernameOrder, UsernameSet } from './flows/set-username.ts';
import type { Unlocking } from './flows/unlock.ts';
import type { IssueAccessCodeOptions, IssuedAccessCode } from './methods/access-code/issue-access-code.ts';
import type { ProviderTokenSet } from './methods/social/kept-tokens.ts';
import type { ListedAuditEvent } from './model/audit-event.ts';
import type { AuditQuery } from './users/list-audit-events.ts';

/** A running service. */
export interface Auth {
  /** As configured, for `signIn` and `guard`. */
  readonly issuer: string;
  /** Everything below the issuer's path, and its files at the host's root. */
  middleware(): Middleware;
  /** HTML for the head of a page with `<auth-login>`: the widget's script, and the client's login preferences beside it. */
  headTags(clientId: string): string;
  /** The public keys, for a `guard` in the same process: it then needs no HTTP. */
  jwks(): Promise<JSONWebKeySet>;
  /** Announces new signing keys; they sign once everybody can have fetched them, the old ones verify until their last token ends. */
  rotateKeys(): Promise<void>;
  /**
   * Makes a code for one sign-in of somebody who cannot get in otherwise, and tells them by mail, or SMS, that there is one.
   * Whoever calls this has satisfied themselves who that is, and tells them the code. A new one ends the one before.
   *
   * @throws {Error} with a `code`: `method_disabled`, `not_found`, `field_invalid`.
   */
  issueAccessCode(options: IssueAccessCodeOptions): Promise<IssuedAccessCode>;
  /**
   * Support begins a recovery for somebody who cannot get back in: they are written to, and prove themselves at `/recover`.
   * Ask who they are before, as well as you did when they came. It is audited with who began it.
   *
   * @returns `undefined` if there is no such user who may sign in, or nothing that was proved to write to.
   * @throws {Error} if there is no such client, or a name or reason is out of its bounds.
   */
  startRecovery(start: RecoveryStart): Promise<StartedRecovery | undefined>;
  /** Takes back that second factors may be replaced: the owner objects. @returns whether there was anything to take back */
  withdrawRecovery(withdrawal: { readonly owner: AccountOwner; readonly withdrawnBy: string }): Promise<boolean>;
  /**
   * Shuts a user out: all sessions and tokens of theirs end, and whatever they try is answered as a stranger's is. A `guard`
   * takes an access token until it expires. It is audited with who said so.
   *
   * @returns `false` if there is no such user who is active.
   * @throws {Error} if the name or the reason is out of its bounds.
   */
  suspendUser(suspension: Suspension): Promise<boolean>;
  /** Lets them in again: they sign in as before, with all that they had. @returns `false` if there is no such user who is suspended. */
  resumeUser(suspension: Suspension): Promise<boolean>;
  /**
   * A provider's tokens of a user, for calls of your server to that provider: where it was set up with `keepTokens`, the
   * account there is linked, and the provider still takes them. Refreshed where they end within the minute.
   *
   * @param userId the `sub` of our tokens
   * @param provider the provider's id
   * @throws {Error} if they must be refreshed and the provider cannot be reached
   */
  providerTokens(userId: string, provider: string): Promise<ProviderTokenSet | undefined>;
  /**
   * Has a user replace their password the next time that they sign in by it. Sessions stay. It is audited with who said so.
   *
   * @returns `false` if there is no such user, or they have no password.
   */
  demandNewPassword(demand: PasswordDemand): Promise<boolean>;
  /**
   * A password for somebody whom support knows: told once, worth nothing after its time, and replaced when it is first used.
   * It takes the place of theirs and signs them out everywhere, and they are told. It is audited with who issued it.
   *
   * @returns `undefined` if there is no such user who may sign in.
   * @throws {Error} if the lifetime or the name is out of its bounds.
   */
  giveTemporaryPassword(order: TemporaryPasswordOrder): Promise<TemporaryPassword | undefined>;
  /**
   * Ends every lock on a user that wrong answers led to, of their password, codes and second factors, in every app and for
   * every browser. What callers may do stays as it is. It is audited with who said so.
   *
   * @returns `false` if there is no such user who may sign in.
   */
  unlock(unlocking: Unlocking): Promise<boolean>;
  /**
   * Gives somebody a username, in the place of the one before: where an app has `username.isOn`, they sign in by it too. It
   * is audited with who said so.
   *
   * @returns `taken` if somebody else has it, `no_such_user` if there is no such user
   * @throws {Error} with the code `username_malformed`, or if `by` is out of its bounds.
   */
  setUsername(order: UsernameOrder): Promise<UsernameSet>;
  /**
   * What happened, the newest first: the audit trail. It has no secret in it, but user ids and addresses; show it to support alone.
   *
   * @param limit 1 to 10000. @default 100
   * @param query of one user, of some kinds, before an event: `{ before: last.cursor }` is the next page
   * @throws {Error} for a limit out of its bounds, and for what is no cursor.
   */
  listAuditEvents(limit?: number, query?: AuditQuery): Promise<readonly ListedAuditEvent[]>;
  /** Delivers the mails and SMS that are due, now. It happens by itself too. @returns how many were sent */
  deliverMails(): Promise<number>;
  /** Stops the work in the background and closes the store. */
  close(): Promise<void>;
}
