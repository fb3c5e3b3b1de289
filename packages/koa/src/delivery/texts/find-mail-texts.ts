import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { MailTexts } from './mail-texts.ts';

const languages = new Map([en, de, es, fr, ja, ar].map((texts) => [texts.language, texts]));

/** The texts of a language, or of what it is a variant of (`de-AT` is `de`); English where there are none. */
export function findMailTexts(language: string): MailTexts {
  const tag = language.toLowerCase();
  return languages.get(tag) ?? languages.get(tag.split('-')[0] ?? '') ?? en;
}
