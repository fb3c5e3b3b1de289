import type { Copy, FirstCopy } from './copy.ts';
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

/** The texts that are here: English of the first screen from the start, the rest as it is fetched. */
const loaded: { en: FirstCopy } & Partial<Record<CopyLanguage, FirstCopy>> = { en };

/** The texts of one language as far as they are here; else English, since a form in English is better than none. */
export const copyOf = (language: CopyLanguage): FirstCopy => loaded[language] ?? loaded.en;

/** Fetches the texts of one language. One that cannot be fetched stays English. */
export async function loadCopy(language: CopyLanguage): Promise<void> {
  if (language === 'en') return;
  try {
    loaded[language] ??= await fetchCopy(language);
  } catch {
    // See `copyOf`.
  }
}

/** Fetches what English says at every later step. Other languages come whole; this is what they fall back to. */
export async function loadLaterTexts(): Promise<void> {
  if (isWhole(loaded.en)) return;
  const { laterEn } = await import('./en-later.ts');
  loaded.en = { ...en, ...laterEn, errors: { ...en.errors, ...laterEn.errors } } satisfies Copy;
}

/** Whether the texts of later steps are among these. */
export const isWhole = (copy: FirstCopy): copy is Copy => 'codeTitle' in copy;

async function fetchCopy(language: Exclude<CopyLanguage, 'en'>): Promise<Copy> {
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
  }
}
