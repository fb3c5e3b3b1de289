/**
 * A service outside that knows the hashes of leaked passwords.
 *
 * Owns: that no more than the beginning of a hash leaves. Does not own: what follows from a leak, or from no answer.
 */

/** Whose list is asked. */
export interface BreachRange {
  /**
   * What follows the five characters in each leaked hash (SHA-1, upper case hexadecimal) that begins with them.
   *
   * @throws {Error} where it could not be asked, in time.
   */
  listEndings(beginning: string): Promise<ReadonlySet<string>>;
  /** What is said of a password while the service cannot be asked. */
  readonly onFailure: 'accept' | 'refuse';
}
