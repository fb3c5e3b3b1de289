import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import { afterEach, describe, equal, it, ok } from './mocha.ts';
import { press } from './devtools.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, mount, until, view } from './support.ts';

const { axe } = globalThis as unknown as { axe: typeof axeCore };
const attributes = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };

/** What says that the present one is refused, and that more are. */
const rules = {
  en: ['Not your present password', 'Not one of your last 5 passwords'],
  de: ['Nicht Ihr jetziges Passwort', 'Keines Ihrer letzten 5 Passwörter'],
  es: ['No tu contraseña actual', 'Ninguna de tus últimas 5 contraseñas'],
  fr: ['Pas votre mot de passe actuel', 'Aucun de vos 5 derniers mots de passe'],
  ja: ['現在のパスワード以外', '最近使った 5 個のパスワード以外'],
  ar: ['ليست كلمة المرور الحالية', 'ليست من آخر كلمات المرور التي استخدمتها (5)'],
} as const;

describe('a password that has to be replaced', () => {
  afterEach(() => {
    document.body.style.inlineSize = '';
    cleanUp();
  });

  for (const [lang, [present, last]] of Object.entries(rules)) {
    for (const reason of ['expired', 'demanded', 'temporary'] as const) {
      it(`is asked for because it is ${reason}, in ${lang}, with its rule, and axe finds nothing at 320 px`, async () => {
        document.documentElement.lang = 'en';
        document.title = 'axe';
        document.body.style.inlineSize = '320px';
        const element = mount({ demo: `set-password-${reason}`, lang, 'heading-level': '1' });
        await until(() => element.lang === lang, lang);
        const expected = reason === 'expired' ? last : present;
        await until(() => element.querySelector('[data-rule=password_used_before] span')?.textContent?.startsWith(expected), expected);
        ok(((await find(element, `[data-reason=${reason}]`)).textContent ?? '').trim().length > 5, 'why');
        equal(element.querySelector('[data-action=skip]'), null);
        ok(element.scrollWidth <= 320, `${element.scrollWidth} px`);
        const { violations } = await axe.run(element, { resultTypes: ['violations'] });
        equal(violations.map(({ id }) => id), [], 'violations');
      });
    }
  }

  it('is sent, and the rule that only the server can tell is marked once it is refused', async () => {
    const errors = [{ path: 'password', code: 'password_used_before' }];
    const server = new FakeIssuer().on('/flows', view('set-password-temporary'))
      .on('/flow/submit-password', { problem: { code: 'password_refused', errors, flow: view('set-password-temporary') } as never }, view('done'));
    const element = mount(attributes);
    const field = await input(element, 'new-password');
    const state = (): string | undefined => element.querySelector<HTMLElement>('[data-rule=password_used_before]')?.dataset['state'];
    equal(state(), 'unknown');
    fill(field, 'k7fd-0qzt-m3hv-81xc');
    await press(await find(element, '[data-action=submit-password]'));
    await until(() => state() === 'broken', 'the rule');
    ok((element.querySelector('#auth-login-new-password-error')?.textContent ?? '').includes('before'), 'said at the field');
    fill(field, 'four unrelated words walk');
    await press(await find(element, '[data-action=submit-password]'));
    await until(() => server.sentTo('/flow/submit-password')[1], 'sent again');
  });
});
