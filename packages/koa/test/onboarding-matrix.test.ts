/** Both switches of a sign-up, at every method and in both styles: a method that is not here does not compile. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { MethodName } from '@portico/contract';
import { accessCode, emailCode, magicLink, passkey, smsCode, totp, type OpenStore } from '../src/index.ts';
import { Backend, backendClients, type BackendBody } from './backend-scene.ts';
import { Browser, type FlowBody } from './browser.ts';
import { openerOf } from './engines.ts';
import { goodPassword, quickPassword } from './password-scene.ts';
import { answerOdd, startWithProviders, type SocialPortico } from './social-scene.ts';
import { createAuthenticator } from './software-authenticator.ts';

type View = FlowBody | BackendBody;
type Act = (action: string, input?: Record<string, unknown>) => Promise<View>;

/** A stranger at a page's flow, or at a backend's. */
interface Stranger {
  readonly service: SocialPortico;
  readonly email: string;
  readonly phone: string;
  readonly browser: Browser;
  readonly start: (kind: 'sign-in' | 'sign-up') => Promise<View>;
  readonly act: Act;
}

const roomy = { smsPerCallerPerHour: 1_000_000, smsPerPrefixPerHour: 1_000_000, smsPerCountryPerHour: 1_000_000 };

async function startWith(store: OpenStore, allowPublicSignup: boolean): Promise<SocialPortico> {
  const methods = [passkey({ allowsSignUpAlone: true, allowsSyncedPasskeys: true }), quickPassword(), emailCode(), magicLink(), smsCode({ countries: ['DE'], ...roomy }), totp(), accessCode()];
  return startWithProviders({ store, methods, clients: backendClients, app: { allowPublicSignup } });
}

/** Digits that came, or some. */
const orSome = (code: string | undefined): string => code ?? '000000';

async function byMessage({ service, start, act, ...stranger }: Stranger, method: 'email-code' | 'sms-code'): Promise<View> {
  const to = method === 'sms-code' ? stranger.phone : stranger.email;
  await start('sign-in');
  await act('submit-identifier', { identifier: to });
  await act('choose-method', { method });
  await service.deliver();
  return act('submit-answer', { answer: orSome(method === 'sms-code' ? service.inbox.lastSmsCode(to) : service.inbox.lastCode(to)) });
}

/** How a stranger would become a user by each. By those of `null` nobody can be new: they are of somebody who is there. */
const ways: Readonly<Record<MethodName, ((stranger: Stranger) => Promise<View>) | null>> = {
  'email-code': (stranger) => byMessage(stranger, 'email-code'),
  'sms-code': (stranger) => byMessage(stranger, 'sms-code'),
  'magic-link': async ({ service, email, browser, start, act }) => {
    await start('sign-in');
    await act('submit-identifier', { identifier: email });
    const waiting = await act('choose-method', { method: 'magic-link' });
    await service.deliver();
    const secret = service.inbox.lastLink(email)?.split('/link/')[1] ?? 'x'.repeat(43);
    await browser.postForm('/link', { secret, ...('match_number' in waiting ? { number: waiting.match_number } : {}) });
    return act('approve');
  },
  'password': async ({ service, email, start, act }) => {
    await start('sign-up');
    await act('submit-identifier', { identifier: email });
    await service.deliver();
    await act('submit-answer', { answer: orSome(service.inbox.lastCode(email)) });
    return act('submit-password', { password: goodPassword });
  },
  'passkey': async ({ service, start, act }) => {
    await start('sign-up');
    const view = await act('choose-method', { method: 'passkey' });
    return view.step === 'enroll-passkey' ? act('enroll', { credential: createAuthenticator().register(view.creation.options, { origin: service.origin }) }) : view;
  },
  'social': async ({ service, email, browser, start, act }) => {
    await start('sign-in');
    const view = await act('choose-method', { method: 'social', provider: 'odd' });
    if (view.step !== 'leave-to-provider' || view.leave_to === undefined) return view;
    service.odd.behave({ claims: { sub: email, email } });
    await answerOdd(service, { browser, leaveTo: view.leave_to });
    return act('approve');
  },
  'totp': null,
  'recovery-code': null,
  'access-code': null,
};

/** Wants nothing more than to be in. */
async function settle(view: View, act: Act): Promise<View> {
  return 'may_skip' in view && view.may_skip === true ? settle(await act('skip'), act) : view;
}

describe('a stranger becomes a user where `create_new_user` and `allowPublicSignup` agree, and nowhere else', () => {
  const services = new Map<boolean, { readonly service: SocialPortico; readonly store: OpenStore }>();
  before(async () => {
    for (const isOpen of [true, false]) {
      const store = await openerOf('sqlite').open();
      services.set(isOpen, { store, service: await startWith(store, isOpen) });
    }
  });
  after(() => Promise.all([...services.values()].map(({ service }) => service.close())));

  let people = 0;
  for (const [method, way] of Object.entries(ways)) {
    if (way === null) continue;
    for (const style of ['page', 'backend'] as const) {
      // A backend has no browser that could go to a provider and back.
      const isThere = style === 'page' || method !== 'social';
      for (const isOpen of [true, false]) {
        for (const isAsked of [true, false]) {
          const becomes = isThere && isOpen && isAsked;
          test(`by ${method}, ${style}: the request ${isAsked ? 'asks' : 'does not ask'}, the app is ${isOpen ? 'open' : 'closed'}: ${becomes ? 'a new user' : 'nobody'}`, async () => {
            const { service, store } = services.get(isOpen) ?? assert.fail();
            service.clock.advance(3_700);
            const at = (people += 1);
            const browser = new Browser(service);
            const backend = new Backend(service);
            const request = isAsked ? { create_new_user: true } : {};
            const act: Act = async (action, input) => (await (style === 'page' ? browser : backend).act(action, input)).body;
            const stranger: Stranger = {
              service, browser, act, email: `stranger-${at}@example.test`, phone: `+49151${String(20_000_000 + at)}`,
              start: async (kind) => (style === 'page' ? await browser.startFlow({ kind, ...request }) : await backend.start({ kind, ...request })).body,
            };
            const end = await settle(await way(stranger), act);
            assert.deepEqual([end.step, end.step === 'done' ? end.new_user : undefined], becomes ? ['done', true] : [end.step === 'done' ? 'nobody' : end.step, undefined], JSON.stringify(end));
            assert.equal(browser.cookies.has('portico-session'), becomes && style === 'page');
            if (!becomes) assert.deepEqual([await store.users.findByEmail(stranger.email as never), await store.users.findByPhone(stranger.phone as never)], [undefined, undefined]);
            if (method === 'social') assert.equal((await store.identities.find(service.oddUrl, stranger.email)) !== undefined, becomes);
          });
        }
      }
    }
  }
});
