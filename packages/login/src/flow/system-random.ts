/** The one place that asks the browser for chance: so many bytes of it. */
export const unguessable = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
