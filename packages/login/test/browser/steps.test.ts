import { demoNames } from '../../src/demo/demo-names.ts';
import { afterEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, mount, until } from './support.ts';

/** Words of which a part is on another line. Of an address or a code no line is sure to be long enough. */
function brokenWords(element: Element): readonly string[] {
  const range = document.createRange();
  const words: string[] = [];
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const { currentNode: node } = nodes;
    if (node.parentElement?.closest('code, bdi, .al-hidden') instanceof Element) continue;
    for (const { 0: word, index } of node.textContent?.matchAll(/\p{L}+/gu) ?? []) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) words.push(word);
    }
  }
  return words;
}

describe('every step', () => {
  afterEach(cleanUp);

  for (const name of demoNames) {
    it(`${name} shows a heading, at most one form and at most one submit button, every field labelled`, async () => {
      const element = mount({ demo: name, kind: name.includes('sign-up') ? 'sign-up' : 'sign-in' });
      await until(() => element.querySelector('[data-step]:not([data-step=starting])'), name);
      ok(element.querySelector('[role=heading]')?.textContent?.trim(), 'has a heading');
      const forms = element.querySelectorAll('form').length;
      equal(forms, name.startsWith('done') ? 0 : 1, 'forms');
      ok(element.querySelectorAll('[type=submit]').length <= 1, 'one submit button');
      for (const field of element.querySelectorAll('input')) ok((field.labels?.length ?? 0) > 0, `${field.name} has a label`);
      for (const button of element.querySelectorAll('button')) ok(button.getBoundingClientRect().height >= 44, `${button.textContent} is tall enough`);
      equal(element.querySelectorAll('[style]').length, 0, 'style attributes');
    });
  }

  it('has both live regions from the first render', async () => {
    const element = mount({ demo: 'identify' });
    await element.updateComplete;
    ok(element.shadowRoot?.querySelector('[aria-live=polite]'), 'polite');
    ok(element.shadowRoot?.querySelector('[aria-live=assertive]'), 'assertive');
  });

  it('fits 320 pixels at every step', async () => {
    const box = document.createElement('div');
    box.style.width = '320px';
    document.body.append(box);
    for (const name of demoNames) {
      const element = mount({ demo: name, lang: 'de' });
      box.append(element);
      await until(() => element.querySelector('[data-step]:not([data-step=starting])') !== null && element.lang === 'de', name);
      ok(element.scrollWidth <= 320, `${name} is ${element.scrollWidth} wide`);
      element.remove();
    }
    box.remove();
  });

  it('fits 320 pixels at every step with text of twice the size', async () => {
    const box = document.createElement('div');
    box.style.width = '320px';
    document.body.append(box);
    document.documentElement.style.fontSize = '200%';
    for (const name of demoNames) {
      const element = mount({ demo: name, lang: 'de' });
      box.append(element);
      await until(() => element.querySelector('[data-step]:not([data-step=starting])') !== null && element.lang === 'de', name);
      // The form's own edge: a link's room for a thumb reaches a little over it, into the card's.
      for (const part of element.querySelectorAll('.al-input, .al-button, .al-choice, .al-choice-text, .al-title, .al-codes li')) {
        const [{ right }, { right: edge }] = [part.getBoundingClientRect(), box.getBoundingClientRect()];
        ok(right <= edge, `${name}: ${part.className} ends at ${right}, the page at ${edge}`);
      }
      for (const text of element.querySelectorAll('.al-choice-text')) ok(text.clientWidth > 100, `${name}: a choice is ${text.clientWidth} wide`);
      element.remove();
    }
    document.documentElement.style.fontSize = '';
    box.remove();
  });

  it('breaks no word in two, narrow or wide, in languages of long words', async () => {
    const box = document.createElement('div');
    document.body.append(box);
    for (const name of demoNames) {
      for (const lang of ['de', 'es', 'fr']) {
        const element = mount({ demo: name, lang });
        box.append(element);
        await until(() => element.querySelector('[data-step]:not([data-step=starting])') !== null && element.lang === lang, name);
        for (const width of ['320px', '424px']) {
          box.style.width = width;
          equal(brokenWords(element), [], `${name} in ${lang}, ${width}`);
        }
        element.remove();
      }
    }
    box.remove();
  });

  it('has an arrow go the way that is read', async () => {
    for (const [lang, scale] of [['ar', '-1 1'], ['en', 'none']] as const) {
      const element = mount({ demo: 'identify-with-providers', lang });
      const arrow = await until(() => (element.lang === lang ? element.querySelector('.al-way') : undefined), 'the arrow');
      await until(() => getComputedStyle(arrow).scale === scale, `${lang}: ${scale}`);
      element.remove();
    }
  });

  it('sets lang and dir on the host, and follows the page when it changes the language', async () => {
    const element = mount({ demo: 'identify', lang: 'ar' });
    await until(() => element.dir === 'rtl', 'rtl');
    element.lang = 'ja';
    await until(() => element.textContent?.includes('サインイン'), 'Japanese');
    equal(element.dir, 'ltr');
  });
});
