import type { Context } from 'koa';
import type { ClientSession } from './client-session.ts';

/** Where the host keeps sessions, if not in cookies. Values are sealed text: a leaked store gives nobody away. */
export interface SessionStore {
  load(id: string): Promise<string | undefined>;
  /** Inserts or replaces. May be dropped after `expiresAt`. */
  save(id: string, sealed: string, expiresAt: Date): Promise<void>;
  /** Nothing happens if there is none. */
  remove(id: string): Promise<void>;
}

/** Where sessions are. Two of these exist: in the cookie itself, or in the host's store with only a name in the cookie. */
export interface SessionKeeper {
  /** The session that this request's cookies hold. */
  load(ctx: Context): Promise<ClientSession | undefined>;
  /** Under a new id, so that a planted cookie becomes nobody's session (session fixation). */
  open(ctx: Context, session: NewClientSession): Promise<ClientSession>;
  /** The session as it is now: another process may have refreshed or closed it. */
  latest(session: ClientSession): Promise<ClientSession | undefined>;
  /** Keeps a successor. Once for all requests that wait for it. */
  save(session: ClientSession): Promise<void>;
  /** Gives a browser the successor. For each request that waits for it. */
  show(ctx: Context, session: ClientSession): Promise<void>;
  close(ctx: Context, session: ClientSession | undefined): Promise<void>;
}

export type NewClientSession = Omit<ClientSession, 'id'>;
