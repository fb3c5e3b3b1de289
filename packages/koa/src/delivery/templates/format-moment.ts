/** By language, of which there are as many as we have texts in: to make one takes longer than the rest of a mail. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment in words, in UTC and saying so: a mail does not know its reader's clock. */
export function formatMoment(moment: Date, language: string): string {
  const format = formats.get(language) ?? newFormat(language);
  formats.set(language, format);
  return format.format(moment);
}

function newFormat(language: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  });
}

/** Whole minutes from one moment to another, at least one. */
export function minutesBetween(from: Date, to: Date): number {
  return Math.max(1, Math.round((to.getTime() - from.getTime()) / 60_000));
}
