import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isDone } from './browser.ts';
import { engines, openerOf } from './engines.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { askForSms, numberOf, startWithSms } from './sms-scene.ts';
import type { Portico } from './start-portico.ts';

for (const engine of engines) {
  describe(`an owner of a number alone (${engine})`, () => {
    let service: Portico;
    before(async () => {
      service = await startWithSms({ engine });
    });
    after(() => service.close());

    /** Signs in by SMS and makes a passkey, which its owner is told of. */
    const makePasskey = async (number: string, language: string): Promise<void> => {
      const { browser, view } = await askForSms(service, number, { ui_locales: language });
      isAt(view, 'enter-code');
      const offer = isAt((await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })).body, 'enroll-passkey');
      const credential = createAuthenticator().register(offer.creation.options, { origin: service.origin });
      isDone((await browser.act('enroll', { credential })).body);
      await service.deliver();
    };
    const textsTo = (number: string): readonly string[] => service.inbox.listSms().filter(({ to }) => to === number).map(({ text }) => text);

    test('is told of a new passkey by SMS, in the words of the mail, and without a link or a code', async () => {
      await makePasskey(numberOf(1), 'en');
      assert.equal(textsTo(numberOf(1))[0], 'A passkey was added to your Notes account. Not you? Sign in and end all other sessions.');
      assert.equal(service.inbox.list().length, 0);
    });

    test('can ask for a code at once after a notice', async () => {
      await makePasskey(numberOf(2), 'en');
      const { view } = await askForSms(service, numberOf(2));
      isAt(view, 'enter-code');
    });

    test('is told of a new device where nothing was sent to the number for the sign-in, and not where something was', async () => {
      const number = numberOf(6);
      const { browser } = await askForSms(service, number);
      const offer = isAt((await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })).body, 'enroll-passkey');
      const authenticator = createAuthenticator();
      isDone((await browser.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) })).body);
      await service.deliver();
      const isOfDevice = (text: string): boolean => text.startsWith('New sign-in to your Notes account');
      assert.equal(textsTo(number).filter(isOfDevice).length, 0);
      const elsewhere = new Browser(service);
      const started = await elsewhere.post('/flows', { kind: 'sign-in', client_id: 'notes-web' }, { 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' });
      elsewhere.handle = started.body.flow_handle ?? '';
      const { passkey } = isAt(started.body, 'identify');
      isDone((await elsewhere.act('submit-passkey', { credential: authenticator.authenticate(passkey?.options ?? { challenge: '' }, { origin: service.origin }) })).body);
      await service.deliver();
      assert.equal(textsTo(number).filter(isOfDevice).length, 1);
    });

    test('is told in the language of the flow', async () => {
      await makePasskey(numberOf(4), 'de');
      assert.match(textsTo(numberOf(4))[0] ?? '', /Passkey.*Nicht von Ihnen\?/);
    });

    test('is told again once a wider budget has room, for what did not go out used up nothing of the number’s', async () => {
      const store = await openerOf(engine).open();
      const poor = await startWithSms({ sms: { smsPerHour: 1, smsPerCountryPerHour: 1 }, auth: { store: { open: () => Promise.resolve(store) } } });
      try {
        const { browser } = await askForSms(poor, numberOf(7));
        const offer = isAt((await browser.act('submit-answer', { answer: poor.inbox.lastSmsCode(numberOf(7)) })).body, 'enroll-passkey');
        isDone((await browser.act('enroll', { credential: createAuthenticator().register(offer.creation.options, { origin: poor.origin }) })).body);
        const [app] = await store.apps.list();
        assert.ok(app);
        const { methods } = app.preferences;
        await store.apps.put({ ...app, preferences: { ...app.preferences, methods: { ...methods, 'sms-code': { ...methods['sms-code'], smsPerCountryPerHour: 100 } } } });
        assert.equal((await browser.fetch(`/account/v1/passkeys/${(await browser.fetch('/account/v1/passkeys') as unknown as { body: { passkeys: readonly { id: string }[] } }).body.passkeys[0]?.id}`, { method: 'DELETE' })).status, 200);
        await poor.deliver();
        assert.equal(poor.inbox.listSms().filter(({ text }) => text.includes('passkey')).length, 1);
      } finally {
        await poor.close();
      }
    });

    test('gets none over the budget of a country, and the trail says so', async () => {
      const store = await openerOf(engine).open();
      const poor = await startWithSms({ sms: { smsPerCountryPerHour: 1 }, auth: { store: { open: () => Promise.resolve(store) } } });
      try {
        const { browser } = await askForSms(poor, numberOf(5));
        const offer = isAt((await browser.act('submit-answer', { answer: poor.inbox.lastSmsCode(numberOf(5)) })).body, 'enroll-passkey');
        isDone((await browser.act('enroll', { credential: createAuthenticator().register(offer.creation.options, { origin: poor.origin }) })).body);
        await poor.deliver();
        assert.equal(poor.inbox.listSms().length, 1);
        assert.ok((await store.audit.list(20)).some(({ kind, detail }) => kind === 'sms_over_budget' && detail?.['budget'] === 'country'));
      } finally {
        await poor.close();
      }
    });
  });
}
