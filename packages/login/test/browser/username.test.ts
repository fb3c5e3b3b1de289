import { afterEach, describe, equal, it } from './mocha.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, mount, step, submit, until, view } from './support.ts';

const attributes = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };

describe('a username', () => {
  afterEach(cleanUp);

  it('is taken by the first field beside an address, and the label says so', async () => {
    const element = mount({ demo: 'identify-username' });
    const field = await input(element, 'identifier');
    const { type, autocomplete } = field;
    equal({ type, autocomplete, label: element.querySelector('.al-label')?.textContent }, { type: 'text', autocomplete: 'username webauthn', label: 'E-mail address or username' });
  });

  for (const [lang, label, name] of [
    ['de', 'E-Mail-Adresse oder Benutzername', 'Benutzername (freiwillig)'], ['es', 'Correo electrónico o nombre de usuario', 'Nombre de usuario (opcional)'], ['fr', 'Adresse e-mail ou nom d’utilisateur', 'Nom d’utilisateur (facultatif)'],
    ['ja', 'メールアドレスまたはユーザー名', 'ユーザー名（任意）'], ['ar', 'البريد الإلكتروني أو اسم المستخدم', 'اسم المستخدم (اختياري)'],
  ] as const) {
    it(`is named in ${lang}`, async () => {
      const first = mount({ demo: 'identify-username', lang });
      await until(() => first.querySelector('.al-label')?.textContent === label, label);
      cleanUp();
      const later = mount({ demo: 'set-password-username', lang });
      await until(() => later.querySelector('.al-label')?.textContent === name, name);
    });
  }

  it('is chosen in the field that password managers keep the password under', async () => {
    const element = mount({ demo: 'set-password-username' });
    const name = await input(element, 'username');
    const password = await input(element, 'new-password');
    equal([name.type, name.autocomplete, name.readOnly, name.value, name.form === password.form], ['text', 'username', false, '', true]);
    equal([...element.querySelectorAll('input')].map((field) => field.name), ['username', 'new-password'], 'the order');
    equal(element.querySelector(`#${name.getAttribute('aria-describedby') ?? 'none'}`)?.textContent, 'You can sign in with it too.');
  });

  it('is sent with the password, and left out where none was typed', async () => {
    const server = new FakeIssuer().on('/flows', view('set-password-username')).on('/flow/submit-password', view('done'));
    const element = mount(attributes);
    fill(await input(element, 'username'), ' Robin ');
    fill(await input(element, 'new-password'), 'a quiet pass phrase');
    submit(element);
    await step(element, 'done');
    equal(server.sentTo('/flow/submit-password')[0]?.body, { password: 'a quiet pass phrase', username: 'Robin' });
    cleanUp();
    const other = new FakeIssuer().on('/flows', view('set-password-username')).on('/flow/submit-password', view('done'));
    const again = mount(attributes);
    fill(await input(again, 'new-password'), 'a quiet pass phrase');
    submit(again);
    await step(again, 'done');
    equal(other.sentTo('/flow/submit-password')[0]?.body, { password: 'a quiet pass phrase' });
  });

  it('that is taken is said at its field, and both fields keep what was typed', async () => {
    const errors = [{ path: 'username', code: 'username_taken' }] as const;
    new FakeIssuer().on('/flows', view('set-password-username')).on('/flow/submit-password', { problem: { code: 'username_taken', errors, flow: view('set-password-username') } as never });
    const element = mount(attributes);
    fill(await input(element, 'username'), 'robin');
    fill(await input(element, 'new-password'), 'a quiet pass phrase');
    submit(element);
    const error = await find(element, '.al-error');
    equal(error.textContent.includes('Somebody has this username already'), true);
    const name = await input(element, 'username');
    equal(name.getAttribute('aria-describedby')?.split(' ').includes(error.id), true);
    equal([name.getAttribute('aria-invalid'), (await input(element, 'new-password')).getAttribute('aria-invalid')], ['true', null]);
    equal([name.value, (await input(element, 'new-password')).value], ['robin', 'a quiet pass phrase']);
  });

  it('that is wanted is asked for before anything is sent', async () => {
    const server = new FakeIssuer().on('/flows', { ...view('set-password-username'), username: 'required', may_skip: false } as never);
    const element = mount(attributes);
    fill(await input(element, 'new-password'), 'a quiet pass phrase');
    submit(element);
    const error = await find(element, '.al-error');
    equal(error.textContent.includes('fill in this field'), true);
    equal([(await input(element, 'username')).getAttribute('aria-invalid'), server.sentTo('/flow/submit-password').length], ['true', 0]);
    equal(element.querySelector('.al-label')?.textContent, 'Username');
  });
});
