/**
 * Puzzles: made, and checked, without a row in the store.
 *
 * Owns: that an answer is good for one flow, one action, once and not for long; how much work it is. Does not own: who
 * has to solve one. The work is PBKDF2, which a browser does natively and off its main thread: no worker, no WebAssembly
 * and next to no code, and a machine that guesses gains little over a person's (docs/decisions/0030-abuse.md).
 */
import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { ActionName, PuzzleView } from '@portico/contract';
import type { Digest, FlowId } from '../model/ids.ts';
import type { CaptchaVerdict } from '../model/captcha.ts';
import type { Captcha } from '../ports/captcha.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';

export interface PuzzleDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  /** The one that the host has set up. */
  readonly captcha?: Captcha | undefined;
}

/** What a puzzle stands before. */
export interface PuzzlePlace {
  readonly flowId: FlowId;
  readonly action: ActionName;
  readonly kind: 'work' | 'captcha';
  /** Of the caller, for the vendor. */
  readonly address: string;
}

const lifetimeSeconds = 300;
/** About a millisecond of a laptop, five of the cheapest phone. */
const iterations = 5_000;
const leastNumbers = 50;
/** Two seconds of the cheapest phone at the very most, half of that on average. */
const mostNumbers = 400;
const keyOctets = 16;
const derive = promisify(pbkdf2);

/** A new puzzle. `suspicion` doubles the work with each step, up to what a cheap phone does in two seconds. */
export async function makePuzzle(place: PuzzlePlace, suspicion: number, deps: PuzzleDeps): Promise<PuzzleView> {
  const { random, clock, captcha } = deps;
  const expiresAt = new Date(clock.now().getTime() + lifetimeSeconds * 1_000);
  const expires = String(expiresAt.getTime());
  const salt = random.secret();
  const common = (solution: string): Pick<PuzzleView, 'token' | 'expires_at'> => (
    { token: `${expires}.${salt}.${sealOf(place, { expires, salt, solution }, deps)}`, expires_at: expiresAt.toISOString() });
  if (place.kind === 'captcha' && captcha !== undefined) {
    return { kind: 'captcha', vendor: captcha.vendor, site_key: captcha.siteKey, ...common(solutionBy(captcha)) };
  }
  const most = Math.min(mostNumbers, leastNumbers * 2 ** Math.min(10, Math.max(0, suspicion - 1)));
  const number = String(1 + (Number(random.digits(6)) % most));
  const key = (await derive(number, salt, iterations, keyOctets, 'sha256')).toString('base64url');
  return { kind: 'work', salt, iterations, key, most, ...common(`work:${number}`) };
}

/** `unavailable`: the vendor could not be asked, and it is not this person's fault. */
export type PuzzleVerdict = CaptchaVerdict;

/** What an answer is worth at this place. It is taken by that: the second time it solves nothing. */
export async function judgePuzzle(place: PuzzlePlace, sent: string, deps: PuzzleDeps): Promise<PuzzleVerdict> {
  const [, expires = '', salt = '', seal = '', answer = ''] = /^(\d{1,16})\.([\w-]{1,100})\.([\w-]{1,100})\.(.{1,6000})$/.exec(sent) ?? [];
  const { captcha, vault, clock, store } = deps;
  if (answer === '' || Number(expires) <= clock.now().getTime()) return 'refused';
  const isSolution = (solution: string): boolean => vault.matches(seal as Digest, sealOf(place, { expires, salt, solution }, deps));
  const isOfVendor = captcha !== undefined && isSolution(solutionBy(captcha));
  if (!isOfVendor && !isSolution(`work:${answer}`)) return 'refused';
  const taken = await store.limits.spend(vault.keyedDigest('limit', seal, ['puzzle']), { limit: 1, windowSeconds: lifetimeSeconds, cooldownSeconds: 0 }, clock.now());
  if (!taken.isAllowed) return 'refused';
  return isOfVendor ? captcha.verify({ token: answer, address: place.address }) : 'solved';
}

/** What a vendor's answer is, only the vendor knows. */
function solutionBy({ vendor }: Captcha): string {
  return `captcha:${vendor}`;
}

/** The answer is part of what is sealed, so that nothing has to be kept and no work has to be done to check it. */
function sealOf(
  { flowId, action }: PuzzlePlace, { expires, salt, solution }: { readonly expires: string; readonly salt: string; readonly solution: string }, { vault }: Pick<PuzzleDeps, 'vault'>,
): Digest {
  return vault.keyedDigest('puzzle', solution, [flowId, action, expires, salt]);
}
