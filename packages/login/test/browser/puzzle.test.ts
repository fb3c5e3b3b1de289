import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import type { CaptchaPuzzle, PuzzleView, WorkPuzzle } from '@portico/contract';
import { solveWork } from '../../src/puzzle/solve-work.ts';
import { wholeCopy } from '../whole-copy.ts';
import { afterEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, FakeIssuer, fill, find, issuer, mount, step, submit, until, view } from './support.ts';

const { axe } = globalThis as unknown as { axe: typeof axeCore };
const attributes = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
const path = '/flow/submit-password';

const octets = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Made as the server does. */
async function work(number: number, most = 40): Promise<WorkPuzzle> {
  const base = await crypto.subtle.importKey('raw', octets(String(number)), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: octets('salt-1'), iterations: 500 }, base, 128);
  const key = btoa(String.fromCharCode(...new Uint8Array(bits))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return { kind: 'work', token: 'a.b.c', salt: 'salt-1', iterations: 500, key, most, expires_at: '2999-01-01T00:00:00Z' };
}

const captcha: CaptchaPuzzle = { kind: 'captcha', token: 'd.e.f', vendor: 'turnstile', site_key: 'public', expires_at: '2999-01-01T00:00:00Z' };
const asked = (puzzle: PuzzleView) => ({ problem: { code: 'puzzle_required' as const, flow: view('enter-password'), puzzle } });
const answers = (server: FakeIssuer): (string | null)[] => server.sentTo(path).map(({ headers }) => headers.get('Flow-Puzzle'));

async function send(server: FakeIssuer, lang = 'en'): Promise<HTMLElement> {
  server.on('/flows', view('enter-password'));
  const element = mount({ ...attributes, lang });
  const field = await find(element, 'input[name=password]');
  fill(field as HTMLInputElement, 'a quiet pass phrase');
  submit(element);
  return element;
}

const lineOf = (element: Element): string => element.shadowRoot?.querySelector('[part=offline]')?.textContent ?? '';
const politeOf = (element: Element): string => element.shadowRoot?.querySelector('[role=status]')?.textContent ?? '';

/** There is no vendor here: that its script does not come is kept from whoever waits for it. */
const keep = (event: Event): void => event.stopImmediatePropagation();

describe('a puzzle', () => {
  afterEach(() => {
    cleanUp();
    delete (window as { turnstile?: unknown }).turnstile;
    document.querySelectorAll('script[src*=cloudflare]').forEach((script) => script.remove());
  });

  for (const number of [1, 4, 5, 40]) {
    it(`of work is solved whichever number it is: ${number}`, async () => {
      equal(await solveWork(await work(number), document.body), String(number));
    });
  }

  it('that has no answer ends, and is said like any fault', async () => {
    const server = new FakeIssuer().on(path, asked(await work(41)));
    const element = await send(server);
    await until(() => element.textContent.includes('This browser could not be checked'), 'fault');
    equal(answers(server), [null]);
  });

  it('is solved by itself: the same goes out again with the answer, and the person sees the next step', async () => {
    const server = new FakeIssuer().on(path, asked(await work(7)), view('done'));
    const element = await send(server);
    await step(element, 'done');
    equal(answers(server), [null, 'a.b.c.7']);
    equal(server.sentTo(path).map(({ body }) => body), [{ password: 'a quiet pass phrase' }, { password: 'a quiet pass phrase' }]);
  });

  for (const lang of ['en', 'de', 'es', 'fr', 'ja', 'ar'] as const) {
    it(`is seen and said while it is solved, in ${lang}, and axe finds nothing at 320 px`, async () => {
      const server = new FakeIssuer().on(path, asked({ ...(await work(41)), most: 1_000_000, iterations: 100_000 }));
      const element = await send(server, lang);
      document.body.style.inlineSize = '320px';
      const { work: text } = (await wholeCopy(lang)).puzzles;
      await until(() => lineOf(element) === text && politeOf(element) === text, 'line');
      const { violations } = await axe.run(element, { resultTypes: ['violations'] });
      equal(violations.map(({ id }) => id), []);
      ok(document.documentElement.scrollWidth <= window.innerWidth, 'no sideways scrolling');
      document.body.style.inlineSize = '';
    });
  }

  it('of a vendor is shown once, outside of what we render, and gone when it is answered', async () => {
    const rendered: Readonly<Record<string, unknown>>[] = [];
    const server = new FakeIssuer().on(path, asked(captcha), view('done'));
    window.turnstile = {
      render: (place: HTMLElement, options: Readonly<Record<string, unknown>>) => {
        place.textContent = 'I am a person';
        rendered.push(options);
      },
    };
    document.addEventListener('error', keep, true);
    const element = await send(server);
    const script = await until(() => document.querySelector<HTMLScriptElement>('script[src*=cloudflare]'), 'script');
    equal(script.src, 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit');
    script.dispatchEvent(new Event('load'));
    await until(() => element.querySelector('[data-captcha=turnstile]'), 'place');
    equal(lineOf(element), (await wholeCopy('en')).puzzles.captcha);
    equal([rendered.length, rendered[0]?.['sitekey']], [1, 'public']);
    const callback = rendered[0]?.['callback'];
    if (typeof callback !== 'function') throw new Error('there is no callback');
    Reflect.apply(callback, undefined, ['token-of-vendor']);
    await step(element, 'done');
    equal(answers(server), [null, 'd.e.f.token-of-vendor']);
    equal(element.querySelector('[data-captcha]'), null);
    document.removeEventListener('error', keep, true);
  });

  it('of a vendor whose script hangs is given up, and the person keeps their form', async () => {
    const { setTimeout: wait } = window;
    Object.assign(window, { setTimeout: (act: () => void, milliseconds?: number) => wait(act, milliseconds === 20_000 ? 0 : milliseconds) });
    document.addEventListener('error', keep, true);
    const element = await send(new FakeIssuer().on(path, asked({ ...captcha, vendor: 'recaptcha' })));
    await until(() => element.textContent.includes('This browser could not be checked'), 'fault');
    Object.assign(window, { setTimeout: wait });
    equal(document.querySelector('script[src*=recaptcha]'), null);
    document.removeEventListener('error', keep, true);
  });

  it('of a vendor that cannot be fetched, or fails, leaves the person with a word and their form', async () => {
    const server = new FakeIssuer().on(path, asked({ ...captcha, vendor: 'hcaptcha' }));
    const element = await send(server);
    await until(() => element.textContent.includes('This browser could not be checked'), 'fault');
    equal(element.querySelector('[data-captcha]'), null);
  });

  it('is left alone once the element is off the page', async () => {
    const element = document.createElement('div');
    document.body.append(element);
    const solving = solveWork({ ...(await work(41)), most: 1_000_000 }, element);
    element.remove();
    equal(await solving, undefined);
  });

  it('is shown in the demo too', async () => {
    const element = mount({ demo: 'enter-password-puzzle' });
    fill((await find(element, 'input[name=password]')) as HTMLInputElement, 'a phrase');
    submit(element);
    await until(() => lineOf(element) !== '', 'line');
    await step(element, 'done');
    equal(lineOf(element), '');
  });

  it('of work may follow where the vendor is out of reach', async () => {
    const server = new FakeIssuer().on(path, asked(await work(2)), asked(await work(3)), view('done'));
    await step(await send(server), 'done');
    equal(answers(server), [null, 'a.b.c.2', 'a.b.c.3']);
  });
});

declare global {
  interface Window {
    turnstile?: unknown;
  }
}
