import type { FlowView } from '@portico/contract';
import { afterEach, describe, equal, it, ok } from './mocha.ts';
import { press } from './devtools.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, mount, step, submit, until, view } from './support.ts';

const attributes = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };

describe('a recovery', () => {
  afterEach(cleanUp);

  it('is asked for by its kind, says what it is, and leads back to the sign-in', async () => {
    const server = new FakeIssuer().on('/flows', view('identify-recover'), view('identify'));
    const element = mount({ ...attributes, kind: 'recover' });
    await step(element, 'identify');
    await until(() => element.querySelector('.al-title')?.textContent?.includes('Get back into Acorn'), 'the title');
    equal(server.sentTo('/flows')[0]?.body['kind'], 'recover');
    equal([element.querySelector('[data-action=passkey]'), element.querySelectorAll('[data-action=switch]').length], [null, 1], 'no passkey, one way back');
    await press(await find(element, '[data-action=switch]'));
    await until(() => element.querySelector('.al-title')?.textContent?.includes('Sign in to Acorn'), 'the sign-in');
    equal(server.sentTo('/flows')[1]?.body['kind'], 'sign-in');
  });

  it('that a sign-in was turned into leads back to the sign-in as well', async () => {
    const server = new FakeIssuer().on('/flows', view('enter-password'), view('identify')).on('/flow/choose-method', { ...view('enter-code'), kind: 'recover' }).on('/flow/go-back', view('identify-recover'));
    const element = mount(attributes);
    await press(await find(element, '[data-action=forgot]'));
    const code = await step(element, 'enter-code');
    await press(await find(code, '[data-action=go-back]'));
    await until(() => element.querySelector('.al-title')?.textContent?.includes('Get back into Acorn'), 'the recovery');
    await press(await find(element, '[data-action=switch]'));
    await until(() => element.querySelector('.al-title')?.textContent?.includes('Sign in to Acorn'), 'the sign-in');
    equal(server.sentTo('/flows').map(({ body }) => body['kind']), ['sign-in', 'sign-in']);
  });

  it('ends in the sign-in with the new password, and says so', async () => {
    const server = new FakeIssuer().on('/flows', view('set-password')).on('/flow/submit-password', view('enter-password-recovered'), view('done'));
    const element = mount(attributes);
    fill(await input(element, 'new-password'), 'four words that are new');
    submit(element);
    await step(element, 'enter-password');
    ok(element.textContent?.includes('Your new password is set. Sign in with it.'), 'the notice');
    fill(await input(element, 'password'), 'four words that are new');
    submit(element);
    await step(element, 'done');
    equal(server.sentTo('/flow/submit-password').length, 2);
  });

  it('whose second factors are all lost has a button for that where support agreed, and a way to ask for help', async () => {
    const server = new FakeIssuer().on('/flows', view('second-factor-lost')).on('/flow/skip', view('set-password'));
    const element = mount(attributes);
    const lost = await find(element, '[data-action=skip]');
    equal(lost.textContent?.trim(), 'I no longer have any of these');
    const help = await find(element, '[data-action=help]');
    equal([help.getAttribute('href'), help.getAttribute('rel'), help.getAttribute('target')], ['https://help.acorn.example/', 'noopener', '_blank']);
    ok(element.querySelector('[data-action=go-back]'), 'back');
    await press(lost);
    await step(element, 'set-password');
    equal(server.sentTo('/flow/skip').length, 1);
  });

  for (const name of ['enter-totp', 'enter-recovery-code', 'use-passkey'] as const) {
    it(`says at ${name} where help is, if the app has said so`, async () => {
      new FakeIssuer().on('/flows', { ...view(name), support_url: 'mailto:help@acorn.example' } as FlowView);
      const element = mount(attributes);
      equal((await find(element, '[data-action=help]')).getAttribute('href'), 'mailto:help@acorn.example');
      element.remove();
      new FakeIssuer().on('/flows', view(name));
      const without = mount(attributes);
      await step(without, name);
      equal(without.querySelector('[data-action=help]'), null);
    });
  }
});
