import type { Context } from 'koa';
import { createClientSession, packSession, parseSession, type ClientSession } from './client-session.ts';
import { hashOf } from './hash-of.ts';
import type { Settings } from './options.ts';
import type { SessionKeeper, SessionStore } from './session-keeper.ts';

/** Sessions in the host's store. The cookie holds a secret, the store its hash: to read the one gives nobody the other. */
export function createStoreSessionKeeper(store: SessionStore, settings: Settings): SessionKeeper {
  const { cookies, cookieName, box, clock, random, lifetimeSeconds } = settings;
  const name = cookies.nameOf(cookieName);
  const expiresAt = ({ createdAt }: ClientSession): Date => new Date(createdAt.getTime() + lifetimeSeconds * 1000);

  async function find(id: string): Promise<ClientSession | undefined> {
    const sealed = await store.load(id);
    const session = sealed === undefined ? undefined : parseSession(await box.open(sealed));
    // A row is bound to its id: one that was copied over another is nobody's.
    return session?.id === id && expiresAt(session) > clock.now() ? session : undefined;
  }

  function idIn(ctx: Context): string | undefined {
    const secret = cookies.read(ctx, name);
    return secret === undefined || secret === '' ? undefined : hashOf(secret);
  }

  const save = async (session: ClientSession): Promise<void> => store.save(session.id, await box.seal(packSession(session)), expiresAt(session));

  return {
    save,
    show: () => Promise.resolve(),
    latest: ({ id }) => find(id),
    load: async (ctx) => {
      const id = idIn(ctx);
      return id === undefined ? undefined : find(id);
    },
    open: async (ctx, fields) => {
      const previous = idIn(ctx);
      const secret = random.secret();
      const session = createClientSession({ ...fields, id: hashOf(secret) });
      await save(session);
      if (previous !== undefined) await store.remove(previous);
      cookies.write(ctx, name, { value: secret, seconds: lifetimeSeconds });
      return session;
    },
    close: async (ctx, session) => {
      cookies.clear(ctx, name);
      if (session !== undefined) await store.remove(session.id);
    },
  };
}
