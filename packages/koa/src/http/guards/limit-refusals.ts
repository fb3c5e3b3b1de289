import { AuthError } from '../../model/auth-error.ts';
import { callerOf } from '../../model/caller.ts';
import type { Digest } from '../../model/ids.ts';
import { OAuthError } from '../../model/oauth-error.ts';
import { limitKey } from '../../limiter/limit-key.ts';
import { isBackendCall } from '../backend-caller.ts';
import type { Guard, HttpDeps } from '../http-deps.ts';

const windowSeconds = 60;

/** Of each kind that an attack consists of. A backend's users share its address, and refresh tokens simply grow old. */
const kinds = ['invalid_client', 'invalid_grant'] as const;
const timesAsMany = { invalid_client: 1, invalid_grant: 10 } as const;

/** So many callers are remembered at once; more than these were refused within a minute only in an attack. */
const mostRemembered = 10_000;

/**
 * So many refusals a caller gets, and is then not listened to for the rest of the minute. They are counted after the fact:
 * what is tried here has 256 bits, so that this holds back load and not luck, and an exchange that goes well costs
 * nothing for it: only whoever this process has refused lately is looked up. No client is ever stopped for what others try
 * in its name.
 */
export const limitRefusals: Guard = (deps) => {
  const lately = refusedLately(deps);
  return async (ctx, next) => {
    if (lately.size > 0) await checkLately(callerOf(deps.readAddress(ctx)), lately, deps);
    try {
      return await next();
    } catch (thrown) {
      const kind = kindOf(thrown);
      if (kind !== undefined) {
        const caller = callerOf(deps.readAddress(ctx));
        remember(caller, lately, deps);
        await deps.store.limits.spend(keyOf(caller, kind, deps), { limit: limitOf(kind, deps), windowSeconds, cooldownSeconds: 0 }, deps.clock.now());
      }
      throw thrown;
    }
  };
};

/** The same at the routes of flows, for who shows a client's secret there; pages there show none. */
export const limitBackendRefusals: Guard = (deps) => {
  const guard = limitRefusals(deps);
  return (ctx, next) => (isBackendCall(ctx) ? guard(ctx, next) : next());
};

type Kind = (typeof kinds)[number];

/** A route of flows says in its own words what was refused. */
function kindOf(thrown: unknown): Kind | undefined {
  const refusal = thrown instanceof AuthError ? thrown.cause : thrown;
  return kinds.find((kind) => refusal instanceof OAuthError && refusal.error === kind);
}

async function checkLately(caller: string, lately: ReadonlyMap<string, number>, deps: HttpDeps): Promise<void> {
  if (isLately(lately.get(caller), deps)) await checkRefusals(caller, deps);
}

async function checkRefusals(caller: string, deps: HttpDeps): Promise<void> {
  for (const kind of kinds) {
    if ((await deps.store.limits.used(keyOf(caller, kind, deps), deps.clock.now())) >= limitOf(kind, deps)) throw new AuthError('rate_limited', { retryAfterSeconds: windowSeconds });
  }
}

/** Callers, and when they were refused last: one memory for all routes of a service. */
const memories = new WeakMap<HttpDeps, Map<string, number>>();

function refusedLately(deps: HttpDeps): Map<string, number> {
  const known = memories.get(deps) ?? new Map<string, number>();
  memories.set(deps, known);
  return known;
}

function isLately(at: number | undefined, { clock }: HttpDeps): boolean {
  return at !== undefined && clock.now().getTime() - at < windowSeconds * 1_000;
}

function remember(caller: string, lately: Map<string, number>, { clock }: HttpDeps): void {
  lately.delete(caller);
  lately.set(caller, clock.now().getTime());
  const [oldest] = lately.keys();
  if (lately.size > mostRemembered && oldest !== undefined) lately.delete(oldest);
}

function keyOf(caller: string, kind: Kind, { vault }: HttpDeps): Digest {
  return limitKey(vault, ['address', 'refused', kind], caller);
}

function limitOf(kind: Kind, { callerLimits }: HttpDeps): number {
  return callerLimits.refusalsPerMinute * timesAsMany[kind];
}
