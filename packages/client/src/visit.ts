import type { Context } from 'koa';
import type { ClientSession } from './client-session.ts';
import type { SignInDeps } from './deps.ts';

/** One request of one browser, and the session it has. */
export interface SignInVisit {
  session(): ClientSession | undefined;
  /** @throws {SignInError} `issuer_unreachable` */
  accessToken(): Promise<string | undefined>;
  /** Ends the session, in this browser and at the issuer. */
  close(): Promise<void>;
}

/** Loads what this request's cookies hold, as it is by now. */
export async function openVisit(ctx: Context, { keeper, refresher }: SignInDeps): Promise<SignInVisit> {
  const loaded = await keeper.load(ctx);
  let session = loaded === undefined ? undefined : refresher.follow(loaded);
  await update(session, loaded);

  /** Gives the browser what the session became, if it became something else. */
  async function update(next: ClientSession | undefined, previous: ClientSession | undefined): Promise<void> {
    session = next;
    if (next === previous) return;
    if (next === undefined) await keeper.close(ctx, previous);
    else await keeper.show(ctx, next);
  }

  return {
    session: () => session,
    accessToken: async () => {
      if (session === undefined) return undefined;
      const previous = session;
      const next = await refresher.freshen(previous);
      await update(next, previous);
      return next?.accessToken;
    },
    close: async () => {
      const ended = session;
      session = undefined;
      await keeper.close(ctx, ended);
      if (ended !== undefined) await refresher.revoke(ended);
    },
  };
}
