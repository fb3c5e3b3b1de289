import type { Origin } from '../model/flow.ts';
import type { ClientId, DeviceId, SessionId, UserId } from '../model/ids.ts';
import type { Proof } from '../model/proof.ts';
import type { Session } from '../model/session.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';

/** How long a session lives: `idleSeconds` after its last use, and never longer than `lifetimeSeconds`. */
export interface SessionLife {
  readonly idleSeconds: number;
  readonly lifetimeSeconds: number;
}

export interface SessionDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly random: Random;
  readonly clock: Clock;
  readonly sessionLife: SessionLife;
}

/** A session, and the secret that its browser, or its backend, is given once. */
export interface OpenedSession {
  readonly session: Session;
  readonly secret: string;
  /** The secret of a device that was new, for its browser to keep. */
  readonly deviceSecret?: string;
}

/** Whose session it is to be. */
export interface SessionOwner {
  readonly userId: UserId;
  readonly proofs: readonly Proof[];
  readonly origin: Origin;
  /** The client whose backend gets it. */
  readonly clientId?: ClientId;
  /** The device that it is opened at, where one is known by a cookie. */
  readonly deviceId?: DeviceId;
}

/**
 * Opens a session, always under a new id and a new secret, so that whoever planted one before the sign-in has nothing
 * (OWASP session fixation). A backend's secret has another purpose than a cookie's: neither is ever taken for the other.
 */
export async function openSession(
  who: SessionOwner,
  { store, vault, random, clock, sessionLife }: SessionDeps,
): Promise<OpenedSession> {
  const now = clock.now();
  const secret = random.secret();
  const session: Session = {
    id: random.id() as SessionId,
    secretDigest: vault.digest(who.clientId === undefined ? 'session' : 'backend-session', secret),
    ...who,
    createdAt: now,
    lastUsedAt: now,
    idleExpiresAt: after(now, sessionLife.idleSeconds),
    expiresAt: after(now, sessionLife.lifetimeSeconds),
  };
  await store.sessions.insert(session);
  await store.audit.insert({ kind: 'session_opened', at: now, userId: who.userId, sessionId: session.id, address: who.origin.address });
  return { session, secret };
}

function after(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1_000);
}
