import type { Copy } from './copy.ts';
import { en } from './en.ts';

/** The languages that have texts. English comes with the first screen; the others are fetched when they are wanted. */
export const copyLanguages = ['en', 'de', 'es', 'fr', 'ja', 'ar'] as const;
/** One of the languages that the widget speaks, BCP 47. */
export type CopyLanguage = (typeof copyLanguages)[number];

/** The best language that has texts for these wishes (BCP 47 tags, the most wanted first). */
export function pickLanguage(wishes: readonly (string | undefined)[]): CopyLanguage {
  for (const wish of wishes) {
    const found = copyLanguages.find((language) => language === wish?.toLowerCase().split('-')[0]);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** The texts of one language; English if they cannot be fetched, since a form in English is better than none. */
export async function loadCopy(language: CopyLanguage): Promise<Copy> {
  try {
    return await fetchCopy(language);
  } catch {
    return en;
  }
}

async function fetchCopy(language: CopyLanguage): Promise<Copy> {
  switch (language) {
    case 'de':
      return (await import('./de.ts')).de;
    case 'es':
      return (await import('./es.ts')).es;
    case 'fr':
      return (await import('./fr.ts')).fr;
    case 'ja':
      return (await import('./ja.ts')).ja;
    case 'ar':
      return (await import('./ar.ts')).ar;
    case 'en':
      return en;
  }
}
