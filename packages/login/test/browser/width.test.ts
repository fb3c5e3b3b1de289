import { afterEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, mount, step } from './support.ts';

/** What hosts put around the widget, and how wide their surroundings let it be. */
const around: Readonly<Record<string, string>> = {
  'a dialog': 'inline-size: fit-content; max-inline-size: 100%',
  'a grid that centres it': 'display: grid; place-items: center',
  'a float': 'float: inline-start',
};

describe('the width of the widget', () => {
  let box: HTMLElement | undefined;
  afterEach(() => {
    box?.remove();
    cleanUp();
  });

  async function widthIn(style: string): Promise<number> {
    box = document.createElement('div');
    box.setAttribute('style', style);
    document.body.append(box);
    const element = mount({ demo: 'enter-totp' });
    box.append(element);
    await step(element, 'enter-totp');
    return element.getBoundingClientRect().width;
  }

  for (const [name, style] of Object.entries(around)) {
    it(`is its own in ${name}, which asks its content`, async () => {
      const width = await widthIn(style);
      ok(width >= Math.min(424, window.innerWidth - 32), String(width));
    });
  }

  it('is no more than a narrow column has', async () => {
    equal(await widthIn('display: grid; grid-template-columns: 200px'), 200);
    box?.remove();
    equal(await widthIn('display: grid; grid-template-columns: 1fr 1fr; inline-size: 400px'), 200);
  });
});
