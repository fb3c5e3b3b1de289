import type { Context } from 'koa';
import { createClientSession, packSession, parseSession, type ClientSession } from './client-session.ts';
import type { SessionKeeper } from './session-keeper.ts';
import type { Settings } from './options.ts';
import { SignInError } from './sign-in-error.ts';

/** Browsers take 4096 bytes for name, value and attributes together (RFC 6265bis, section 5.6). */
const chunkLength = 3800;
const maximumChunks = 3;

/** Sessions that are nowhere but in the browser, encrypted. */
export function createCookieSessionKeeper({ cookies, cookieName, box, clock, random, lifetimeSeconds }: Settings): SessionKeeper {
  const nameOf = (index: number): string => cookies.nameOf(index === 0 ? cookieName : `${cookieName}.${index}`);
  const secondsLeft = ({ createdAt }: ClientSession): number => lifetimeSeconds - (clock.now().getTime() - createdAt.getTime()) / 1000;

  /** The first chunk begins with how many there are, so that what an older session left behind is not taken for a part. */
  function readSealed(ctx: Context): string | undefined {
    const [, count, head] = /^([1-9])\.(.+)$/.exec(cookies.read(ctx, nameOf(0)) ?? '') ?? [];
    if (count === undefined || head === undefined) return undefined;
    const tail = Array.from({ length: Number(count) - 1 }, (_, index) => cookies.read(ctx, nameOf(index + 1)));
    return tail.includes(undefined) ? undefined : head + tail.join('');
  }

  function clearFrom(ctx: Context, first: number): void {
    for (let index = first; index < maximumChunks; index += 1) {
      if (index === 0 || cookies.list(ctx, nameOf(index)).length > 0) cookies.clear(ctx, nameOf(index));
    }
  }

  async function show(ctx: Context, session: ClientSession): Promise<void> {
    const sealed = await box.seal(packSession(session));
    const chunks = sealed.match(new RegExp(`.{1,${chunkLength}}`, 'g')) ?? [];
    if (chunks.length > maximumChunks) {
      const detail = `signIn: the session needs ${sealed.length} bytes, cookies hold ${chunkLength * maximumChunks}: give signIn({ store })`;
      throw new SignInError('session_too_large', { detail });
    }
    const seconds = secondsLeft(session);
    chunks.forEach((chunk, index) => {
      const value = index === 0 ? `${chunks.length}.${chunk}` : chunk;
      cookies.write(ctx, nameOf(index), { value, seconds });
    });
    clearFrom(ctx, chunks.length);
  }

  return {
    show,
    load: async (ctx) => {
      const sealed = readSealed(ctx);
      const session = sealed === undefined ? undefined : parseSession(await box.open(sealed));
      return session !== undefined && secondsLeft(session) > 0 ? session : undefined;
    },
    open: async (ctx, fields) => {
      const session = createClientSession({ ...fields, id: random.secret() });
      await show(ctx, session);
      return session;
    },
    latest: (session) => Promise.resolve(session),
    save: () => Promise.resolve(),
    close: (ctx) => Promise.resolve(clearFrom(ctx, 0)),
  };
}
