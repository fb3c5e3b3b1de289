import type { ClientSession } from './client-session.ts';
import { exchangeRefreshToken, type IssuerDeps } from './exchange-refresh-token.ts';
import { hashOf } from './hash-of.ts';
import { revokeRefreshToken } from './revoke-refresh-token.ts';
import type { SessionKeeper } from './session-keeper.ts';
import { SignInError } from './sign-in-error.ts';
import { createSuccessors, type Successors } from './successors.ts';

/**
 * Owns: that a session's refresh token is used once, however many requests need a new access token, and that all of
 * them get the same successor.
 * Does not own: where sessions are kept (session-keeper.ts), who needs a token (attach-token.ts).
 */
export interface Refresher {
  /** The session as it is by now; `undefined` if it has ended. Asks nobody. */
  follow(session: ClientSession): ClientSession | undefined;
  /**
   * The session with an access token that lasts, refreshed if need be; `undefined` if the issuer ended it.
   *
   * @throws {SignInError} `issuer_unreachable` if it needs to be refreshed and cannot: offline is not signed out.
   */
  freshen(session: ClientSession): Promise<ClientSession | undefined>;
  /** Ends the session and its refresh token, here and, as far as it can be reached, at the issuer. */
  revoke(session: ClientSession): Promise<void>;
}

/** A token that ends within this time is refreshed first, so that it lasts for the call it is meant for. */
const aheadMs = 30_000;

interface RefreshDeps extends IssuerDeps {
  readonly keeper: SessionKeeper;
}

interface WithSuccessors extends RefreshDeps {
  readonly successors: Successors;
}

export function createRefresher(given: RefreshDeps): Refresher {
  const { clock, log } = given.settings;
  const successors = createSuccessors(clock);
  const deps = { ...given, successors };
  const pending = new Map<string, Promise<ClientSession | undefined>>();
  const lasts = (session: ClientSession, forMs: number): boolean =>
    session.accessTokenExpiresAt === undefined || session.accessTokenExpiresAt.getTime() - clock.now().getTime() > forMs;

  function once(session: ClientSession, refreshToken: string): Promise<ClientSession | undefined> {
    const key = hashOf(refreshToken);
    const running = pending.get(key) ?? refresh(session, refreshToken, deps).finally(() => pending.delete(key));
    pending.set(key, running);
    return running;
  }

  async function freshen(session: ClientSession): Promise<ClientSession | undefined> {
    const newest = successors.follow(session);
    if (newest?.refreshToken === undefined || lasts(newest, aheadMs)) return newest;
    try {
      return await once(newest, newest.refreshToken);
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      log.warn('refresh_failed', { code: error.code, error: error.error });
      if (lasts(newest, 0)) return newest;
      throw error.code === 'issuer_unreachable' ? error : new SignInError('issuer_unreachable', { cause: error });
    }
  }

  return { freshen, follow: successors.follow, revoke: (session) => revoke(session, deps) };
}

async function refresh(session: ClientSession, refreshToken: string, deps: WithSuccessors): Promise<ClientSession | undefined> {
  const latest = await deps.keeper.latest(session);
  // Another process was here before.
  if (latest?.refreshToken !== refreshToken) return latest;
  try {
    return await keepNext(await exchangeRefreshToken(latest, refreshToken, deps), refreshToken, deps);
  } catch (error) {
    // `invalid_grant`: the issuer no longer takes this refresh token (RFC 6749, section 5.2).
    if (!(error instanceof SignInError) || error.error !== 'invalid_grant') throw error;
    return afterRefusal(latest, refreshToken, deps);
  }
}

async function keepNext(next: ClientSession, refreshToken: string, deps: WithSuccessors): Promise<ClientSession | undefined> {
  const { keeper, successors } = deps;
  const isClosed = successors.follow({ ...next, refreshToken }) === undefined || (await keeper.latest(next)) === undefined;
  if (isClosed) {
    // Somebody signed out while we waited: what we got ends too.
    await revoke(next, deps);
    return undefined;
  }
  await keeper.save(next);
  successors.remember(refreshToken, next);
  return next;
}

async function afterRefusal(session: ClientSession, refreshToken: string, deps: WithSuccessors): Promise<ClientSession | undefined> {
  const latest = await deps.keeper.latest(session);
  if (latest !== undefined && latest.refreshToken !== refreshToken) return latest;
  deps.successors.remember(refreshToken, 'ended');
  return undefined;
}

async function revoke({ refreshToken }: ClientSession, deps: WithSuccessors): Promise<void> {
  if (refreshToken === undefined) return;
  deps.successors.remember(refreshToken, 'ended');
  await revokeRefreshToken(refreshToken, deps);
}
