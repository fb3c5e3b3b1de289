import type { Context } from 'koa';
import { createSealedBox } from './sealed-box.ts';
import { hashOf } from './hash-of.ts';
import type { Settings } from './options.ts';

/** One sign-in under way in one tab: what the callback must match. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly pkceVerifier: string;
  /** A path on our own origin. */
  readonly returnTo: string;
  /** What was asked of the issuer, so that its answer is held to it. */
  readonly maxAgeSeconds: number | undefined;
  readonly startedAt: number;
}

export interface Attempts {
  create(returnTo: string, maxAgeSeconds?: number): Attempt;
  /** Gives it to the browser, once the issuer has taken the request. */
  keep(ctx: Context, attempt: Attempt): Promise<void>;
  /** The attempt of this browser that has this `state`. */
  find(ctx: Context, state: string): Promise<Attempt | undefined>;
  close(ctx: Context, attempt: Attempt): void;
}

const lifetimeSeconds = 3600;
/** With a return path of full length each is about 2 KB; more would burst the request headers of common proxies. */
const maximumKept = 5;

/**
 * Keeps attempts in cookies, one each, named by the hash of its `state`: several tabs do not overwrite each other, and
 * an answer that another browser began finds nothing (RFC 9700, section 4.7.1).
 */
export function createAttempts(settings: Settings): Attempts {
  const { cookies, cookieName, cookieSecrets, purpose, clock, random } = settings;
  const box = createSealedBox(cookieSecrets, `attempt ${purpose}`);
  const prefix = cookies.nameOf(`${cookieName}-attempt-`);
  const nameOf = (state: string): string => prefix + hashOf(state).slice(0, 22);
  const now = (): number => clock.now().getTime();

  async function read(ctx: Context, name: string): Promise<Attempt | undefined> {
    const sealed = cookies.read(ctx, name);
    const attempt = sealed === undefined ? undefined : parseAttempt(await box.open(sealed));
    return attempt !== undefined && now() - attempt.startedAt < lifetimeSeconds * 1000 ? attempt : undefined;
  }

  /** Leaves room for one more: drops what is unreadable or old, then the oldest. */
  async function makeRoom(ctx: Context): Promise<void> {
    const names = cookies.list(ctx, prefix);
    const found = await Promise.all(names.map(async (name) => ({ name, startedAt: (await read(ctx, name))?.startedAt ?? 0 })));
    const byAge = found.sort((one, other) => other.startedAt - one.startedAt);
    byAge.filter(({ startedAt }, index) => startedAt === 0 || index >= maximumKept - 1).forEach(({ name }) => cookies.clear(ctx, name));
  }

  return {
    create: (returnTo, maxAgeSeconds) => ({ state: random.secret(), nonce: random.secret(), pkceVerifier: random.secret(), returnTo, maxAgeSeconds, startedAt: now() }),
    keep: async (ctx, attempt) => {
      await makeRoom(ctx);
      cookies.write(ctx, nameOf(attempt.state), { value: await box.seal(attempt), seconds: lifetimeSeconds });
    },
    find: async (ctx, state) => {
      const attempt = await read(ctx, nameOf(state));
      return attempt?.state === state ? attempt : undefined;
    },
    close: (ctx, attempt) => cookies.clear(ctx, nameOf(attempt.state)),
  };
}

function parseAttempt(value: unknown): Attempt | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { state, nonce, pkceVerifier, returnTo, maxAgeSeconds, startedAt }: Partial<Record<keyof Attempt, unknown>> = value;
  if (typeof state !== 'string' || typeof nonce !== 'string' || typeof pkceVerifier !== 'string') return undefined;
  if (typeof returnTo !== 'string' || typeof startedAt !== 'number') return undefined;
  return { state, nonce, pkceVerifier, returnTo, maxAgeSeconds: typeof maxAgeSeconds === 'number' ? maxAgeSeconds : undefined, startedAt };
}
