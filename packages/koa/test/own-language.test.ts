/** In which language somebody is written to when it is not they who are there: that of their last sign-in. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessCode, emailCode, passkey, type OpenStore } from '../src/index.ts';
import type { CanonicalEmail, UserId } from '../src/model/ids.ts';
import { defaultPreferences } from '../src/preferences/default-preferences.ts';
import { languageOf } from '../src/preferences/pick-language.ts';
import { Backend, backendClients } from './backend-scene.ts';
import { Browser } from './browser.ts';
import { engines, openerOf } from './engines.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { startPortico, type Portico } from './start-portico.ts';

for (const engine of engines) {
  describe(`the language of a user (${engine})`, () => {
    let service: Portico;
    let store: OpenStore;
    before(async () => {
      store = await openerOf(engine).open();
      const methods = [passkey({ isOfferedAfterSignIn: false }), emailCode(), accessCode()];
      service = await startPortico({ auth: { methods, store: { open: () => Promise.resolve(store) } }, clients: backendClients });
    });
    after(() => service.close());

    const signIn = async (email: string, language: string): Promise<UserId> => {
      service.clock.advance(61);
      await new Browser(service).signIn(email, { ui_locales: language });
      return idOf(email);
    };
    const idOf = async (email: string): Promise<UserId> => {
      const user = await store.users.findByEmail(email as CanonicalEmail);
      assert.ok(user);
      return user.id;
    };
    const subjectAfter = async (email: string, act: () => Promise<unknown>): Promise<string | undefined> => {
      await act();
      await service.deliver();
      return service.inbox.last(email)?.subject;
    };

    test('what support sets off is told in the language in which they last signed in', async () => {
      const email = 'mona@example.test';
      const userId = await signIn(email, 'ar');
      const acts = {
        code: () => service.auth.issueAccessCode({ userId, appId: 'notes', issuer: 'desk' }),
        recovery: () => service.auth.startRecovery({ owner: { userId }, clientId: 'notes-web', startedBy: 'desk', reason: 'called' }),
      };
      assert.match((await subjectAfter(email, acts.code)) ?? '', /^أنشأ فريق الدعم رمز دخول/);
      assert.match((await subjectAfter(email, acts.recovery)) ?? '', /^بدأ فريق/);
      await signIn(email, 'de');
      assert.match((await subjectAfter(email, acts.code)) ?? '', /^Der Support hat einen Anmeldecode/);
    });

    test('a token says it where the scope profile asks for it', async () => {
      const party = relyingParty(service);
      const done = await new Browser(service).signIn('jun@example.test', { ...party.request, scope: 'openid profile', ui_locales: 'ja' });
      const { body } = await party.exchange(codeIn(done.redirect_to));
      assert.equal(claimsOf(body.id_token)['locale'], 'ja');
    });

    test('a backend that names none changes nothing, one that does is believed', async () => {
      const email = 'lou@example.test';
      const userId = await signIn(email, 'fr');
      const languageAfter = async (request: Record<string, unknown>): Promise<string | undefined> => {
        service.clock.advance(61);
        await new Backend(service).signIn(email, request);
        return (await store.users.find(userId))?.language;
      };
      assert.equal(await languageAfter({}), 'fr');
      assert.equal(await languageAfter({ ui_locales: 'es' }), 'es');
    });

    test('who has only begun, or is somebody’s guess, says nothing of anybody', async () => {
      const email = 'ana@example.test';
      const userId = await signIn(email, 'es');
      await new Browser(service).askForMail(email, { ui_locales: 'ja' });
      assert.equal((await store.users.find(userId))?.language, 'es');
    });
  });
}

test('an app writes in none but its own languages', () => {
  const app = { preferences: { ...defaultPreferences, languages: ['de', 'pt-BR'] } };
  for (const [language, written] of [['ja', 'de'], ['pt-br', 'pt-BR'], ['de-CH', 'de'], [undefined, 'de']] as const) {
    assert.equal(languageOf(language === undefined ? {} : { language }, app), written);
  }
});
