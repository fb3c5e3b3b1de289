/** What the host writes into the audit trail of whoever acts for it. */

/** @throws {Error} that names what is no name. */
export function checkName(name: string, what: string): void {
  if (!isText(name, 200)) throw new Error(`${what} must be a name of 1 to 200 characters`);
}

/** @throws {Error} that names what says nothing. */
export function checkReason(reason: string): void {
  if (!isText(reason, 1_000)) throw new Error('reason must be a text of 1 to 1000 characters');
}

/** A host without types may have left it out. PostgreSQL keeps no NUL. */
function isText(text: unknown, most: number): boolean {
  return typeof text === 'string' && text.trim() !== '' && text.length <= most && !text.includes('\0');
}
