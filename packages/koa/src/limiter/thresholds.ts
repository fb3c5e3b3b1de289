/**
 * How much is usual. People mistype; machines try. Nothing here depends on whether there is an account.
 */

/** For what is counted and not stopped: the most that a column of the store holds, and then some to spare. */
export const boundless = 1_000_000_000;

/** A tally that nobody adds to for so long is forgotten. */
export const forgetAfterSeconds = 86_400;

/** Of one account, over all its identifiers and factors, at one go (NIST SP 800-63B-4, section 3.2.2: at most 100). */
export const accountTiers = [{ attempts: 100, lockSeconds: 86_400 }] as const;

/** What a caller may answer within an hour, right answers given back. */
export const answersWindowSeconds = 3_600;

/** Different identifiers with a wrong answer, from one caller. */
export const namesWindowSeconds = 10_800;
/** From so many on a caller solves puzzles: no household has as many. */
export const namesBeforePuzzle = 5;
/** From as many on as the host says it is also let through no oftener than this. */
export const pauseSeconds = 10;

/** Wrong answers of one subject that nobody is asked to solve anything for. */
const usualFailures = 1;
/** The same of a caller's answers, or mails asked for, within the hour, whoever they were about. */
const usualUses = 30;

/** What was counted so far. */
export interface Counted {
  /** Of the subject, since the last right answer. */
  readonly failures: number;
  /** Identifiers with a wrong answer, of the caller. */
  readonly names: number;
  /** Answers, or mails and SMS asked for, of the caller within the hour. */
  readonly uses: number;
}

/** How far it is above what is usual: 0 is not at all. The higher, the more work. */
export function suspicionOf({ failures, names, uses }: Counted): number {
  return Math.max(0, failures - usualFailures, names - namesBeforePuzzle + 1, Math.ceil((uses - usualUses) / 10));
}
