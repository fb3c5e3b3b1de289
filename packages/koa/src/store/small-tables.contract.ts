/** Read whole on purpose: as many rows as a host has apps, clients and keys. Whoever adds one says why it stays small. */
const smallTables: readonly string[] = ['portico_app', 'portico_client', 'portico_signing_key'];

export function isSmall(table: string): boolean {
  return smallTables.includes(table);
}
