const leastMajor = 22;

/**
 * An older Node would not say why: SQLite's driver ends its process without a word.
 *
 * @throws {Error} naming the version that is needed.
 */
export function checkNodeVersion(version: string): void {
  if (Number.parseInt(version, 10) < leastMajor) throw new Error(`createAuth: Portico needs Node ${leastMajor} or newer, and this is ${version}.`);
}
