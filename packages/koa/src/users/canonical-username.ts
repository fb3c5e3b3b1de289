/**
 * From what was typed to what is compared: the one function for usernames.
 *
 * Owns: normalise, then validate, in one place (ARCHITECTURE, rule 4). Does not own: whose name it is.
 *
 * Decisions (docs/decisions/0035):
 * - NFKC and case folding (UAX 31, section 1.3; RFC 8265, section 3.3): `Ada`, `ADA` and `ａｄａ` are one name.
 * - Letters and digits, and one of `.`, `_` and `-` between them. No `@`, no `+` and at least one letter, so that a name never
 *   reads as an address or a number.
 * - Letters of one script, as UTS 39, section 5.2 has it ("highly restrictive", without Latin beside Han and Hangul): a
 *   Cyrillic `а` in a Latin name is refused.
 */
import { AuthError } from '../model/auth-error.ts';
import type { CanonicalUsername } from '../model/ids.ts';

/** A username in both forms. */
export interface ParsedUsername {
  /** As it was typed, without the space around it. For showing. */
  readonly typed: string;
  /** For comparing and storing. */
  readonly canonical: CanonicalUsername;
}

/** Code points of the canonical form. */
const least = 3;
const most = 64;
/** Far more than a name needs, far less than normalising could be made to cost. */
const longestInput = 256;

const shape = /^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}]*(?:[._-][\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}]*)*$/u;
/** The scripts that UAX 31, table 5 recommends; Japanese is written in three at once. */
const scripts = [
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]+$/u,
  ...['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Hebrew', 'Arabic', 'Thaana', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu',
    'Kannada', 'Malayalam', 'Sinhala', 'Thai', 'Lao', 'Tibetan', 'Myanmar', 'Georgian', 'Hangul', 'Ethiopic', 'Khmer',
  ].map((script) => new RegExp(`^\\p{scx=${script}}+$`, 'u')),
];

/** Full case folding as far as it can be had without its table; twice, for what NFKC makes of a letter may fold again. */
function fold(text: string): string {
  const once = (part: string): string => part.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
  return once(once(text));
}

/**
 * Parses what somebody typed as a username. Idempotent: the canonical form's canonical form is itself.
 *
 * @throws {AuthError} `username_malformed`
 */
export function parseUsername(input: string): ParsedUsername {
  const typed = input.trim();
  if (input.length > longestInput) throw malformed();
  const canonical = fold(typed);
  const letters = canonical.replaceAll(/[\p{Nd}._-]/gu, '');
  const length = [...canonical].length;
  if (length < least || length > most || !shape.test(canonical) || !scripts.some((script) => script.test(letters))) throw malformed();
  return { typed, canonical: canonical as CanonicalUsername };
}

/** The same, where what is no username is no fault. */
export function parseIfUsername(input: string): ParsedUsername | undefined {
  try {
    return parseUsername(input);
  } catch (fault) {
    if (fault instanceof AuthError) return undefined;
    throw fault;
  }
}

/** Whether a name is one of those that nobody chooses. Nothing between its letters hides it: `ad-min` is `admin`. */
export function isReserved(username: CanonicalUsername, reserved: readonly string[]): boolean {
  const bare = bareOf(username);
  return reserved.some((name) => bareOf(name) === bare);
}

function bareOf(name: string): string {
  return fold(name).replaceAll(/[._-]/g, '');
}

function malformed(): AuthError {
  return new AuthError('username_malformed', { fields: [{ path: 'username', code: 'username_malformed' }] });
}
