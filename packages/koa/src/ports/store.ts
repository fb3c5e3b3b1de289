/**
 * What the rest needs to keep, in verbs of the domain.
 *
 * Owns: the promise that what may happen once happens once (each `claim`, `spend…`, `rotate` is one conditional write).
 * Does not own: rules, times, secrets; callers bring digests and the present moment.
 */
import type { AccessCodes } from './access-codes.ts';
import type { App, Client } from '../model/app.ts';
import type { AuditEvent, AuditFilter, ListedAuditEvent } from '../model/audit-event.ts';
import type { Challenge, NewChallenge } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';
import type { AppId, CanonicalEmail, CanonicalPhone, CanonicalUsername, ChallengeId, ClientId, Digest, FlowId, PasskeyId, Sealed, SessionId, UserId } from '../model/ids.ts';
import type { Passkey } from '../model/passkey.ts';
import type { Password } from '../model/password.ts';
import type { Proof } from '../model/proof.ts';
import type { Session } from '../model/session.ts';
import type { SigningKey } from '../model/signing-key.ts';
import type { NewUser, Profile, User, UsernameIdentifier } from '../model/user.ts';
import type { ContactChanges, ContactUndos, SetContact } from './contacts.ts';
import type { Devices } from './devices.ts';
import type { AuthorizationCodes, Grants, RefreshTokens } from './grants.ts';
import type { Identities } from './identities.ts';
import type { Limits } from './limits.ts';
import type { Outbox } from './outbox.ts';
import type { Permits } from './permits.ts';
import type { ProviderTokens } from './provider-tokens.ts';
import type { PushedRequests } from './pushed-requests.ts';
import type { RecoveryCodes, SecondFactorOffers, Totps } from './second-factors.ts';

export interface Apps {
  /** Inserts or replaces; what code manages is written at each start. */
  put(app: App): Promise<void>;
  find(id: AppId): Promise<App | undefined>;
  list(): Promise<readonly App[]>;
}

export interface Clients {
  put(client: Client): Promise<void>;
  find(id: ClientId): Promise<Client | undefined>;
  list(): Promise<readonly Client[]>;
}

export interface Users {
  /** `false` if the address, the number or the username belongs to somebody already (unique on the canonical form): nothing was stored. */
  insert(user: NewUser): Promise<boolean>;
  find(id: UserId): Promise<User | undefined>;
  /**
   * Inside a transaction: whoever else locks this user waits for its end. So do those who give them a second factor or take a
   * way in, who end all that they have, and who open a session: each sees what the one before has written.
   */
  lock(id: UserId): Promise<void>;
  findByEmail(email: CanonicalEmail): Promise<User | undefined>;
  /** Notes the first answered mail; later ones keep the first moment. */
  verifyEmail(id: UserId, email: CanonicalEmail, now: Date): Promise<void>;
  /** Takes an address away from whoever never proved it. `false` if they have by now, or have another: nothing was changed. */
  releaseEmail(id: UserId, email: CanonicalEmail, now: Date): Promise<boolean>;
  findByPhone(phone: CanonicalPhone): Promise<User | undefined>;
  /** Notes the first answered SMS; later ones keep the first moment. */
  verifyPhone(id: UserId, phone: CanonicalPhone, now: Date): Promise<void>;
  releasePhone(id: UserId, phone: CanonicalPhone, now: Date): Promise<boolean>;
  findByUsername(username: CanonicalUsername): Promise<User | undefined>;
  /** Gives a user a name, in the place of the one before. `false` if somebody else has it, or there is no such user: nothing was changed. */
  setUsername(id: UserId, username: UsernameIdentifier, now: Date): Promise<boolean>;
  /** Puts one contact in the place of another. `false` if the user has another by now, or somebody else has this one: nothing was changed. */
  setContact(id: UserId, change: SetContact, now: Date): Promise<boolean>;
  /** `false` if the user has this status already, or there is none. */
  setStatus(id: UserId, status: User['status'], now: Date): Promise<boolean>;
  /** All of it: what is left out is known no more. */
  setProfile(id: UserId, profile: Profile, now: Date): Promise<void>;
  /** What somebody is written to in where no flow of theirs says it. Nothing changes where it is this one already. */
  setLanguage(id: UserId, language: string, now: Date): Promise<void>;
  notePasskeyOffer(id: UserId, skipped: { readonly at: Date; readonly forever: boolean }): Promise<void>;
}

export interface Passkeys {
  /** `false` if the credential id is known already, whoever owns it. */
  insert(passkey: Passkey): Promise<boolean>;
  find(id: PasskeyId): Promise<Passkey | undefined>;
  listOf(userId: UserId): Promise<readonly Passkey[]>;
  /** Notes a sign-in. `false` if the stored counter is not below `counter` (both zero is fine): one statement. */
  noteUse(id: PasskeyId, use: { readonly counter: number; readonly isBackedUp: boolean; readonly at: Date }): Promise<boolean>;
  /** Marks it for good, with the first moment at which its key seemed to exist twice. */
  suspectCopy(id: PasskeyId, userId: UserId, at: Date): Promise<void>;
  /** As it is afterwards. `undefined` if this user has no such passkey: nothing was stored. */
  rename(id: PasskeyId, userId: UserId, nickname: string): Promise<Passkey | undefined>;
  /** `false` if this user has no such passkey: of two callers at the same moment one removes it. */
  remove(id: PasskeyId, userId: UserId): Promise<boolean>;
  /** All of the user's, who has lost them. @returns how many went */
  removeAllOf(userId: UserId): Promise<number>;
}

/** One a user. Each write says what it takes to be there, so that of many at once one wins. */
export interface Passwords {
  find(userId: UserId): Promise<Password | undefined>;
  /** A user's first. `false` if they have one: nothing was stored. */
  insert(password: Password): Promise<boolean>;
  /** Puts `password` in the place of the one with this hash. `false` if that is no longer the user's: nothing was stored. */
  replace(sealedHash: Sealed, password: Password): Promise<boolean>;
  /** Keeps what was a password until now, and of those of this user no more than the last `most`. */
  retire(password: Pick<Password, 'userId' | 'sealedHash'>, most: number, now: Date): Promise<void>;
  /** What a user's former ones were hashed to, the last retired first, whatever the clock said. */
  listFormer(userId: UserId): Promise<readonly Sealed[]>;
}

export interface Flows {
  insert(flow: Flow): Promise<void>;
  findByHandle(handle: Digest): Promise<Flow | undefined>;
  find(id: FlowId): Promise<Flow | undefined>;
  /** Saves if nobody saved since `flow` was read: stores it with `version + 1`. `undefined` if somebody did. */
  save(flow: Flow): Promise<Flow | undefined>;
  /** Drops those in which this user is proved, with their challenges, however far they have come: all of them, or all but one. */
  removeOf(userId: UserId, kept?: FlowId): Promise<void>;
  /** With their challenges, which go first: at most `limit` rows of each kind. Fewer in all says that none are left. */
  removeExpired(now: Date, limit: number): Promise<number>;
}

export interface Challenges {
  insert(challenge: NewChallenge): Promise<void>;
  find(id: ChallengeId): Promise<Challenge | undefined>;
  /** Also finds one that has ended, so that its visitor can be told why. */
  findBySecret(method: Challenge['method'], secret: Digest): Promise<Challenge | undefined>;
  /** Takes one of the attempts, before anything is compared. `undefined` if none is left, it ended or is past. */
  spendAttempt(id: ChallengeId, now: Date): Promise<{ readonly attemptsLeft: number } | undefined>;
  /** Ends it as used. Of two callers at the same moment one gets it. Nothing if ended, past, or the secret differs. */
  claim(id: ChallengeId, secret: Digest, now: Date): Promise<Challenge | undefined>;
  /** Ends the flow's open challenges of these methods. */
  replace(flowId: FlowId, methods: readonly Challenge['method'][], purpose: Challenge['purpose']): Promise<void>;
  /** Ends the open challenges by which this user would be recovered, in whatever flow. */
  endRecoveriesOf(userId: UserId): Promise<void>;
  removeExpired(before: Date, limit: number): Promise<number>;
}

export interface Sessions {
  insert(session: Session): Promise<void>;
  /** Alive ones only: not closed, neither lifetime past. */
  findBySecret(secret: Digest, now: Date): Promise<Session | undefined>;
  find(id: SessionId, now: Date): Promise<Session | undefined>;
  listOf(userId: UserId, now: Date): Promise<readonly Session[]>;
  touch(id: SessionId, lastUsedAt: Date, idleExpiresAt: Date): Promise<void>;
  /** Closes it and, in the same transaction, revokes every grant made under it. `false` if it was closed already. */
  close(id: SessionId, now: Date): Promise<boolean>;
  addProofs(id: SessionId, proofs: readonly Proof[]): Promise<void>;
  removeExpired(now: Date, limit: number): Promise<number>;
}

export interface SigningKeys {
  insert(key: SigningKey): Promise<void>;
  list(): Promise<readonly SigningKey[]>;
  /** Sets the end of the keys of this algorithm that have none. */
  retire(algorithm: SigningKey['algorithm'], signsUntil: Date, publishedUntil: Date): Promise<void>;
  removeRetired(now: Date): Promise<number>;
}

export interface AuditTrail {
  insert(event: AuditEvent): Promise<void>;
  /** Newest first. @throws {Error} for a `before` that is no cursor. */
  list(limit: number, filter?: AuditFilter): Promise<readonly ListedAuditEvent[]>;
  removeBefore(before: Date, limit: number): Promise<number>;
}

/** Everything that is kept. A fault of the database is thrown as it comes, or as a `StoreBusyError`. */
export interface Store {
  readonly apps: Apps;
  readonly clients: Clients;
  readonly users: Users;
  readonly passkeys: Passkeys;
  readonly passwords: Passwords;
  readonly identities: Identities;
  readonly providerTokens: ProviderTokens;
  readonly accessCodes: AccessCodes;
  readonly contactChanges: ContactChanges;
  readonly contactUndos: ContactUndos;
  readonly totps: Totps;
  readonly recoveryCodes: RecoveryCodes;
  readonly secondFactorOffers: SecondFactorOffers;
  readonly permits: Permits;
  readonly devices: Devices;
  readonly flows: Flows;
  readonly challenges: Challenges;
  readonly sessions: Sessions;
  readonly grants: Grants;
  readonly authorizationCodes: AuthorizationCodes;
  readonly refreshTokens: RefreshTokens;
  readonly pushedRequests: PushedRequests;
  readonly signingKeys: SigningKeys;
  readonly outbox: Outbox;
  readonly limits: Limits;
  readonly audit: AuditTrail;
  /**
   * All or nothing. Nothing inside may wait for the network; it may run more than once, where PostgreSQL ends it for the
   * sake of another. On SQLite it takes the write lock first.
   */
  transaction<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
}

/**
 * The same store for whoever writes several times before he answers: a write is seen by everybody when its promise
 * resolves, and kept, with all that came before, when the watch says so. Nothing may be told to anybody before.
 */
export interface GroupedStore extends Store {
  /**
   * Begins to watch. The returned function resolves when everything that was written or read meanwhile is on the disk.
   * It throws a `StoreBusyError` if any of it was lost.
   */
  watchWrites(): () => Promise<void>;
}

/** A store with its life: opened by `createAuth`, closed with it. Its own writes are kept when their promises resolve. */
export interface OpenStore extends Store {
  readonly grouped: GroupedStore;
  close(): Promise<void>;
}

/** What `sqlite()` and `postgres()` return: how to open one. Migrations run then, under a lock. */
export interface StoreOpener {
  /** @throws {Error} with a reason, if the file is newer than this code or cannot be opened. */
  open(): Promise<OpenStore>;
}
