/**
 * From what was typed to what is compared: the one function for e-mail addresses.
 *
 * Owns: normalise, then validate, in one place (ARCHITECTURE, rule 4).
 * Does not own: whose address it is, and whether anything arrives there.
 *
 * Decisions:
 * - The local part is compared without case. RFC 5321, section 2.4 lets a host tell `Ada` from `ada`; none does, and
 *   people do not. Mail therefore goes to the canonical form too, so that what is compared is what is written to.
 * - Nothing else is guessed: dots and `+tags` are somebody's address, not noise.
 * - Dots may stand together or before the `@`, against RFC 5321: Japanese carriers gave out such addresses.
 * - No quoted local parts, comments, lists or address literals: nobody has such an address, and they are how a parser
 *   downstream is made to write to somebody else (GHSA-5jpx-9hw9-2fx4).
 */
import { domainToASCII } from 'node:url';
import { AuthError } from '../model/auth-error.ts';
import type { CanonicalEmail } from '../model/ids.ts';

/** An address in both forms. */
export interface ParsedEmail {
  /** As it was typed, without the space around it. For showing. */
  readonly typed: string;
  /** For comparing, storing and sending. */
  readonly canonical: CanonicalEmail;
}

/** Octets (RFC 5321, section 4.5.3.1; RFC 3696, erratum 1690). */
const longestLocalPart = 64;
const longestAddress = 254;
/** Far more than an address needs, far less than normalising could be made to cost. */
const longestInput = 512;

/** What cannot be seen, or turns what is seen around: controls, format and bidi marks, fillers, unassigned. */
const invisible = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** RFC 5322 `atext` and dots, and letters, marks and digits of other scripts (RFC 6531, section 3.3). */
const localPart = /^(?![.\p{M}])[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u;
/** Only what a host name may hold goes into IDNA, which would decode `%61` and stop at `/`. The two dots: RFC 5892, A.3, A.7. */
const unicodeDomain = /^[\p{L}\p{M}\p{N}.\u00b7\u30fb-]+$/u;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function octets(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function malformed(): AuthError {
  return new AuthError('email_malformed', { fields: [{ path: 'identifier', code: 'email_malformed' }] });
}

function foldLocalPart(local: string): string {
  return local.toLowerCase().normalize('NFKC');
}

/** `undefined` unless it is a host name of two labels or more that is not a number. */
function asciiDomain(domain: string): string | undefined {
  // U+3002 is the full stop of a Japanese keyboard (RFC 3490, section 3.1); NFKC has made the other forms of it.
  const dotted = domain.replaceAll('\u3002', '.');
  if (!unicodeDomain.test(dotted)) return undefined;
  const ascii = domainToASCII(dotted).toLowerCase();
  const labels = ascii.split('.');
  const isHostName = labels.length >= 2 && labels.every((each) => label.test(each));
  return isHostName && /[a-z]/.test(labels.at(-1) ?? '') ? ascii : undefined;
}

/**
 * Parses what somebody typed as their e-mail address. Idempotent: the canonical form's canonical form is itself.
 *
 * @throws {AuthError} `email_malformed`
 */
export function parseEmail(input: string): ParsedEmail {
  const typed = input.trim();
  if (typed.length > longestInput) throw malformed();
  const normal = typed.normalize('NFKC');
  if (invisible.test(typed) || invisible.test(normal)) throw malformed();
  const [local = '', domain = '', ...rest] = normal.split('@');
  if (rest.length > 0) throw malformed();
  const folded = foldLocalPart(local);
  const ascii = asciiDomain(domain);
  if (ascii === undefined || !localPart.test(folded) || octets(folded) > longestLocalPart) throw malformed();
  const canonical = `${folded}@${ascii}`;
  if (octets(canonical) > longestAddress) throw malformed();
  return { typed, canonical: canonical as CanonicalEmail };
}

/** The same, where what is no address is no fault. */
export function parseIfEmail(input: string): ParsedEmail | undefined {
  try {
    return parseEmail(input);
  } catch (fault) {
    if (fault instanceof AuthError) return undefined;
    throw fault;
  }
}
