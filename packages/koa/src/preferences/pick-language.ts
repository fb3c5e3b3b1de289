import type { App } from '../model/app.ts';
import type { User } from '../model/user.ts';

/** The first of `wanted` that is offered, whole or by its primary subtag (RFC 4647, section 3.4); else the first offered. */
export function pickLanguage(offered: readonly string[], wanted: readonly string[]): string {
  const known = new Map(offered.map((tag) => [tag.toLowerCase(), tag]));
  for (const tag of wanted) {
    const found = known.get(tag.toLowerCase()) ?? known.get(tag.toLowerCase().split('-')[0] ?? '');
    if (found !== undefined) return found;
  }
  return offered[0] ?? 'en';
}

/** What a user is written to in where no flow of theirs says it: the language of their last sign-in, as far as the app speaks it. */
export function languageOf({ language }: Pick<User, 'language'>, { preferences }: Pick<App, 'preferences'>): string {
  return pickLanguage(preferences.languages, language === undefined ? [] : [language]);
}
