import { demoNames } from '../../src/demo/demo-names.ts';
import { describe, equal, it, ok } from './mocha.ts';
import { until } from './support.ts';

/** Opens the built bundle on a page under the strict policy. */
async function open(demo: string, lang: string): Promise<{ violations: readonly string[]; text: string; hasColours: boolean }> {
  const frame = document.createElement('iframe');
  frame.src = `/strict/page?demo=${demo}&lang=${lang}`;
  document.body.append(frame);
  const shown = await until(() => frame.contentDocument?.querySelector('auth-login [data-step]:not([data-step=starting])'), `${demo} under the policy`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const violations = Reflect.get(frame.contentWindow ?? {}, 'violations') as readonly string[];
  const hasColours = frame.contentWindow?.getComputedStyle(shown).display === 'grid';
  const text = shown.textContent ?? '';
  frame.remove();
  return { violations, text, hasColours };
}

describe('under the strictest policy with Trusted Types', () => {
  for (const name of [...demoNames, 'identify/network', 'enter-code/code_wrong']) {
    it(`${name} of the built bundle is shown, styled, without a violation`, async () => {
      const { violations, text, hasColours } = await open(name, 'en');
      equal(violations, []);
      ok(text.trim().length > 0, 'shows something');
      ok(hasColours, 'the adopted sheet is there');
    });
  }

  it('another language is fetched without a violation', async () => {
    const { violations } = await open('identify', 'ar');
    equal(violations, []);
  });

  it('the recorder does record: a policy that is broken on purpose is seen', async () => {
    const frame = document.createElement('iframe');
    frame.src = '/strict/page?demo=identify';
    document.body.append(frame);
    const body = await until(() => frame.contentDocument?.querySelector('auth-login') && frame.contentDocument.body, 'page');
    body.setAttribute('style', 'color: red');
    const violations = Reflect.get(frame.contentWindow ?? {}, 'violations') as readonly string[];
    await until(() => violations.length > 0, 'a violation');
    ok(violations[0]?.startsWith('style-src'), 'of the style rule');
    frame.remove();
  });
});
