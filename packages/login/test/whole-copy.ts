import type { Copy } from '../src/copy/copy.ts';
import { copyOf, isWhole, loadCopy, loadLaterTexts, type CopyLanguage } from '../src/copy/load-copy.ts';

/** Every text of a language, as it is once a later step has been shown. */
export async function wholeCopy(language: CopyLanguage): Promise<Copy> {
  await Promise.all([loadCopy(language), loadLaterTexts()]);
  const copy = copyOf(language);
  if (!isWhole(copy)) throw new Error(`${language} lacks the texts of later steps`);
  return copy;
}
