/** A grant is kept for up to a day longer than its tokens need it: otherwise each rotation would have to write it as well. */
const spareMilliseconds = 86_400_000;

/** When a grant may go whose last token is of use until then. */
export function endAfter(usefulUntil: Date): Date {
  return new Date(usefulUntil.getTime() + spareMilliseconds);
}
