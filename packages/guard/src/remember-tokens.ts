import type { Auth } from './auth.ts';
import type { KeptKeys } from './key-cache.ts';
import type { VerifierSettings } from './options.ts';

/** Of so many tokens at most it is remembered that they are good … */
const mostTokens = 5_000;
/** … and of no more than so many characters: a usual token has five hundred. */
const mostCharacters = 5_000_000;

/** Tokens whose signature and claims were checked before. */
export interface SeenTokens {
  find(token: string): Auth | undefined;
  /** `verifiedWith`: the keys among which the token's was found. */
  keep(token: string, auth: Auth, verifiedWith: KeptKeys | undefined): void;
}

interface SeenToken {
  readonly token: string;
  readonly auth: Auth;
  readonly endsAt: number;
}

/**
 * Remembers good tokens, so that each is verified once.
 *
 * A token is forgotten when it expires, and all of them when the issuer's keys are no longer those that they were
 * verified with; while the keys are old, none of them counts. So a key that the issuer took away is trusted no longer
 * than without this. What a refused token was is not remembered.
 */
export function rememberTokens({ keys, clock, clockToleranceSeconds }: VerifierSettings): SeenTokens {
  const seen = new Map<number, SeenToken>();
  let characters = 0;
  let checkedWith: KeptKeys | undefined;

  function forget(entry: SeenToken): void {
    seen.delete(indexOf(entry.token));
    characters -= entry.token.length;
  }

  /** What was verified with other keys than these is no longer known to be good. */
  function forgetOthersThan(current: KeptKeys): void {
    if (current === checkedWith) return;
    seen.clear();
    characters = 0;
    checkedWith = current;
  }

  return {
    find: (token) => {
      const now = clock.now().getTime();
      const current = keys.current(now);
      if (current === undefined) return undefined;
      forgetOthersThan(current);
      const entry = seen.get(indexOf(token));
      if (entry === undefined || entry.token !== token) return undefined;
      if (now < entry.endsAt) return entry.auth;
      forget(entry);
      return undefined;
    },
    keep: (token, auth, verifiedWith) => {
      // The keys may have changed while the signature was checked.
      if (verifiedWith === undefined || keys.current(clock.now().getTime()) !== verifiedWith) return;
      forgetOthersThan(verifiedWith);
      const before = seen.get(indexOf(token));
      if (before !== undefined) forget(before);
      seen.set(indexOf(token), { token, auth, endsAt: (Number(auth.claims['exp']) + clockToleranceSeconds) * 1_000 });
      characters += token.length;
      for (const oldest of seen.values()) {
        if (seen.size <= mostTokens && characters <= mostCharacters) break;
        forget(oldest);
      }
    },
  };
}

/**
 * Where a token is found: a number out of the end of its signature, which differs from token to token as chance would
 * have it. To hash the whole token would take longer than all else that `find` does. It decides nothing: what is found
 * is compared whole, and of two tokens with one number the later is remembered.
 */
function indexOf(token: string): number {
  let index = 0;
  for (let at = token.length - 6; at < token.length; at += 1) index = (index << 5) ^ token.charCodeAt(at);
  return index & 0x3f_ff_ff_ff;
}
