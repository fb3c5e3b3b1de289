import { refreshTokenGrant, tokenRevocation } from 'openid-client';
import { createClientSession, type ClientSession } from './client-session.ts';
import { expiryOf } from './finish-attempt.ts';
import { hashOf } from './hash-of.ts';
import type { Issuer } from './issuer.ts';
import type { Settings } from './options.ts';
import type { SessionKeeper } from './session-keeper.ts';
import { SignInError } from './sign-in-error.ts';
import { createSuccessors } from './successors.ts';

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

export interface RefreshDeps {
  readonly settings: Settings;
  readonly issuer: Issuer;
  readonly keeper: SessionKeeper;
}

export function createRefresher({ settings, issuer, keeper }: RefreshDeps): Refresher {
  const { clock, log } = settings;
  const successors = createSuccessors(clock);
  const pending = new Map<string, Promise<ClientSession | undefined>>();
  const lasts = (session: ClientSession, forMs: number): boolean =>
    session.accessTokenExpiresAt === undefined || session.accessTokenExpiresAt.getTime() - clock.now().getTime() > forMs;

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

  function once(session: ClientSession, refreshToken: string): Promise<ClientSession | undefined> {
    const key = hashOf(refreshToken);
    const running = pending.get(key) ?? refresh(session, refreshToken).finally(() => pending.delete(key));
    pending.set(key, running);
    return running;
  }

  async function refresh(session: ClientSession, refreshToken: string): Promise<ClientSession | undefined> {
    const latest = await keeper.latest(session);
    // Another process was here before.
    if (latest?.refreshToken !== refreshToken) return latest;
    try {
      const next = await exchange(latest, refreshToken);
      return await keepNext(next, refreshToken);
    } catch (error) {
      // `invalid_grant`: the issuer no longer takes this refresh token (RFC 6749, section 5.2).
      if (!(error instanceof SignInError) || error.error !== 'invalid_grant') throw error;
      return afterRefusal(latest, refreshToken);
    }
  }

  async function exchange(session: ClientSession, refreshToken: string): Promise<ClientSession> {
    const { resource } = settings.options;
    const tokens = await issuer.call((configuration) =>
      refreshTokenGrant(configuration, refreshToken, resource === undefined ? {} : { resource }),
    );
    const claims = tokens.claims();
    // A new ID token is of the same user (OpenID Connect Core, section 12.2), or it is not for this session.
    if (claims !== undefined && claims.sub !== session.user.sub) throw new SignInError('answer_invalid', { detail: 'another user' });
    return createClientSession({
      ...session,
      user: { ...session.user, ...claims },
      accessToken: tokens.access_token,
      accessTokenExpiresAt: expiryOf(tokens, clock.now()),
      refreshToken: tokens.refresh_token ?? refreshToken,
      idToken: tokens.id_token ?? session.idToken,
    });
  }

  async function keepNext(next: ClientSession, refreshToken: string): Promise<ClientSession | undefined> {
    const isClosed = successors.follow({ ...next, refreshToken }) === undefined || (await keeper.latest(next)) === undefined;
    if (isClosed) {
      // Somebody signed out while we waited: what we got ends too.
      await revoke(next);
      return undefined;
    }
    await keeper.save(next);
    successors.remember(refreshToken, next);
    return next;
  }

  async function afterRefusal(session: ClientSession, refreshToken: string): Promise<ClientSession | undefined> {
    const latest = await keeper.latest(session);
    if (latest !== undefined && latest.refreshToken !== refreshToken) return latest;
    successors.remember(refreshToken, 'ended');
    return undefined;
  }

  async function revoke({ refreshToken }: ClientSession): Promise<void> {
    if (refreshToken === undefined) return;
    successors.remember(refreshToken, 'ended');
    try {
      await issuer.call(async (configuration) => {
        if (configuration.serverMetadata().revocation_endpoint === undefined) return;
        await tokenRevocation(configuration, refreshToken, { token_type_hint: 'refresh_token' });
      });
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      log.warn('revocation_failed', { code: error.code, error: error.error });
    }
  }

  return { freshen, revoke, follow: successors.follow };
}
