import type { Auth } from './auth.ts';
import type { VerifierSettings } from './options.ts';

/** Of so many tokens it is remembered that they are good: some megabytes at most. */
const mostTokens = 5_000;

/** Tokens whose signature and claims were checked before. */
export interface SeenTokens {
  find(token: string): Auth | undefined;
  keep(token: string, auth: Auth): void;
}

/**
 * Remembers good tokens, so that each is verified once.
 *
 * A token is forgotten when it expires, and all of them when the issuer's keys are fetched anew or are old: a key that
 * the issuer took away is trusted no longer than without this. What a refused token was is not remembered.
 */
export function rememberTokens({ keys, clock, clockToleranceSeconds }: VerifierSettings): SeenTokens {
  const seen = new Map<string, Auth>();
  let checkedWith: object | undefined;

  /** Whether what is remembered still counts. */
  function isCurrent(): boolean {
    const current = keys.current();
    if (current === checkedWith) return current !== undefined;
    seen.clear();
    checkedWith = current;
    return false;
  }

  function isAlive({ claims }: Auth): boolean {
    return typeof claims['exp'] === 'number' && claims['exp'] > clock.now().getTime() / 1_000 - clockToleranceSeconds;
  }

  return {
    find: (token) => {
      const auth = isCurrent() ? seen.get(token) : undefined;
      if (auth === undefined || isAlive(auth)) return auth;
      seen.delete(token);
      return undefined;
    },
    keep: (token, auth) => {
      isCurrent();
      if (checkedWith === undefined) return;
      const [oldest] = seen.keys();
      if (seen.size >= mostTokens && oldest !== undefined) seen.delete(oldest);
      seen.set(token, auth);
    },
  };
}
