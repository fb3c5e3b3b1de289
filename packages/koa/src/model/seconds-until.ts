/** Whole seconds, at least one. Rounded up, for who comes a moment too early would be refused again. */
export function secondsUntil(moment: Date, now: Date): number {
  return Math.max(1, Math.ceil((moment.getTime() - now.getTime()) / 1_000));
}
