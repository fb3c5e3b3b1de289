/** The one place that asks what time it is, in milliseconds. */
export const now = (): number => Date.now();
