import type { JSONWebKeySet } from 'jose';
import { createKeyCache, type KeyCache } from './key-cache.ts';
import { isSafeAddress, keysOfIssuer } from './keys-of-issuer.ts';
import { systemClock, type Clock } from './ports.ts';

/** How access tokens are checked. */
export interface TokenVerifierOptions {
  /** Whose tokens are accepted. Compared character by character with `iss`. */
  readonly issuer: string;
  /** Who we are to the issuer: the resource that tokens are for. One of these must be in `aud`. */
  readonly audience: string | readonly string[];
  /**
   * The issuer's public keys, where it runs in the same process: no HTTP request is made then.
   * Without it they come from the `jwks_uri` of the issuer's metadata.
   */
  readonly jwks?: () => Promise<JSONWebKeySet>;
  /**
   * The signature algorithms that are accepted. `none` and the `HS…` family are refused here too.
   * @default ['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512', 'EdDSA', 'Ed25519']
   */
  readonly algorithms?: readonly string[];
  /** How far the issuer's clock may be from ours, for `exp`, `nbf` and `iat`. 0 to 60. @default 15 */
  readonly clockToleranceSeconds?: number;
  /** How long fetched keys are used. @default 600 */
  readonly keyLifetimeSeconds?: number;
  /** The least time between two fetches because of an unknown `kid`. @default 30 */
  readonly keyCooldownSeconds?: number;
  /** Held by a test. @default the machine's */
  readonly clock?: Clock;
  /** How the issuer is reached. @default the global `fetch` */
  readonly fetch?: typeof fetch;
  /**
   * Lets the issuer's keys come over plain HTTP from another machine (loopback is allowed as it is). Whoever sits
   * between can then sign tokens.
   *
   * @deprecated Not obsolete. Struck through, so that nobody overlooks it in a review.
   */
  readonly dangerouslyAllowHttp?: true;
}

/** The options after their checks, with every default in place. */
export interface VerifierSettings {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly algorithms: readonly string[];
  readonly clockToleranceSeconds: number;
  readonly clock: Clock;
  readonly keys: KeyCache;
}

/** Every option of a verifier. */
export const verifierOptions = {
  issuer: true, audience: true, jwks: true, algorithms: true, clockToleranceSeconds: true, keyLifetimeSeconds: true, keyCooldownSeconds: true,
  clock: true, fetch: true, dangerouslyAllowHttp: true,
} as const satisfies Record<keyof TokenVerifierOptions, true>;

/** RS256 is there because RFC 9068, section 2.1 asks both sides to support it. */
const asymmetric = ['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512', 'EdDSA', 'Ed25519'];
/** How far the issuer's clock may be from ours. */
export const defaultToleranceSeconds = 15;
const defaults = { clockToleranceSeconds: defaultToleranceSeconds, keyLifetimeSeconds: 600, keyCooldownSeconds: 30 };

/** @throws {TypeError} naming the option that cannot be. Start-up is the time to hear of it. */
export function checkOptions(options: TokenVerifierOptions): VerifierSettings {
  const { issuer, algorithms = asymmetric, clock = systemClock } = options;
  const audience = typeof options.audience === 'string' ? [options.audience] : options.audience;
  checkAddress(options);
  if (!Array.isArray(audience) || audience.length === 0 || audience.some(isEmpty)) throw new TypeError('guard: audience is empty');
  const foreign = algorithms.find((name) => !asymmetric.includes(name));
  // A public key is no secret: with HS… everybody could sign with it (RFC 8725, section 2.1).
  if (foreign !== undefined || algorithms.length === 0) throw new TypeError(`guard: algorithms may not have ${foreign ?? 'no entry'}`);
  return {
    issuer,
    audience,
    algorithms,
    clock,
    clockToleranceSeconds: seconds('clockToleranceSeconds', options.clockToleranceSeconds ?? defaults.clockToleranceSeconds, 60),
    keys: createKeyCache(options.jwks ?? keysOfIssuer(addressOf(options)), {
      clock,
      lifetimeSeconds: seconds('keyLifetimeSeconds', options.keyLifetimeSeconds ?? defaults.keyLifetimeSeconds, 86_400),
      cooldownSeconds: seconds('keyCooldownSeconds', options.keyCooldownSeconds ?? defaults.keyCooldownSeconds, 86_400),
    }),
  };
}

function addressOf({ issuer, dangerouslyAllowHttp, fetch: ask = fetch }: TokenVerifierOptions): Parameters<typeof keysOfIssuer>[0] {
  return { issuer, dangerouslyAllowHttp: dangerouslyAllowHttp === true, fetch: ask };
}

function checkAddress({ issuer, jwks, dangerouslyAllowHttp }: TokenVerifierOptions): void {
  if (!URL.canParse(issuer)) throw new TypeError('guard: issuer is not a URL');
  if (jwks === undefined && !isSafeAddress(issuer, dangerouslyAllowHttp === true)) {
    throw new TypeError('guard: issuer is not https; give jwks, or see dangerouslyAllowHttp');
  }
}

function seconds(name: string, value: number, maximum: number): number {
  if (Number.isFinite(value) && value >= 0 && value <= maximum) return value;
  throw new TypeError(`guard: ${name} must be from 0 to ${maximum}`);
}

const isEmpty = (value: unknown): boolean => typeof value !== 'string' || value === '';
