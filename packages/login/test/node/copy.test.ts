import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCodes } from '@portico/contract';
import type { Copy } from '../../src/copy/copy.ts';
import { copyLanguages, pickLanguage } from '../../src/copy/load-copy.ts';
import { localFaultCodes } from '../../src/flow/outcome.ts';
import { wholeCopy } from '../whole-copy.ts';

/** Every text of a locale, functions called with a mark that must come out again. */
function textsOf(copy: Copy): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const visit = (path: string, value: unknown): void => {
    if (typeof value === 'string') texts.set(path, value);
    else if (typeof value === 'function') texts.set(path, String(Reflect.apply(value, undefined, [7])));
    else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) visit(`${path}.${key}`, inner);
  };
  visit('', copy);
  return texts;
}

for (const language of copyLanguages) {
  test(`${language} has every text that English has, and none of them is empty`, async () => {
    const copy = await wholeCopy(language);
    assert.equal(copy.language, language);
    const [theirs, ours] = [textsOf(copy), textsOf(await wholeCopy('en'))];
    assert.deepEqual([...theirs.keys()].sort(), [...ours.keys()].sort());
    for (const [path, text] of theirs) assert.ok(text.trim().length > 0, path);
  });

  test(`${language} keeps what it is given in every text that takes something`, async () => {
    const copy = await wholeCopy(language);
    for (const [name, value] of Object.entries(copy)) {
      if (typeof value === 'function') assert.match(String(Reflect.apply(value, undefined, ['7'])), /7/, name);
    }
  });

  test(`${language} has a text for every error of the contract and of the widget`, async () => {
    const copy = await wholeCopy(language);
    assert.deepEqual(Object.keys(copy.errors).sort(), [...errorCodes, ...localFaultCodes].sort());
  });
}

test('no other language repeats an English sentence', async () => {
  for (const language of copyLanguages.filter((one) => one !== 'en')) {
    const english = textsOf(await wholeCopy('en'));
    for (const [path, text] of textsOf(await wholeCopy(language))) {
      if (text.split(' ').length > 3) assert.notEqual(text, english.get(path), `${language}${path}`);
    }
  }
});

/** Words by which a text would speak to somebody in another way than its language does here, or use another word than the house's. */
const foreign = {
  de: /(?<![\p{L}])(du|dich|dir|deine?[mnrs]?)(?![\p{L}])/iu,
  es: /(?<![\p{L}])(usted(es)?|registrarse|introduzca|escriba|pulse|espere|elija|int[eé]ntelo|vuelva a|compruebe)(?![\p{L}])/iu,
  fr: /(?<![\p{L}])(tu|toi|ton|tes)(?![\p{L}])/iu,
  ja: /ログイン|ログオン/u,
} as const;

test('each language speaks to people in one way, and says one thing by one word', async () => {
  for (const language of ['de', 'es', 'fr', 'ja'] as const) {
    for (const [path, text] of textsOf(await wholeCopy(language))) assert.doesNotMatch(text, foreign[language], `${language}${path}`);
  }
});

test('a Japanese number does not part from what it counts', async () => {
  for (const [path, text] of textsOf(await wholeCopy('ja'))) assert.doesNotMatch(text, /\d [回日分桁個文つ段]/u, path);
});

test('a language is found by its first subtag, the first wish first, and English is the end of the list', () => {
  assert.equal(pickLanguage(['pt-BR', 'de-AT', 'fr']), 'de');
  assert.equal(pickLanguage([undefined, 'AR']), 'ar');
  assert.equal(pickLanguage(['pt']), 'en');
});
