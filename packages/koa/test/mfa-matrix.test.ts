/**
 * No path bypasses the policy: every way to a session, a code or a token, under every policy, for people with and
 * without a second factor. A method that is new does not compile until its way is here.
 */
import assert from 'node:assert/strict';
import { mfaPolicies, type MethodName, type MfaPolicy, type SecondCodeName, type SecondMethodName } from '@portico/contract';
import { after, before, describe, test } from 'node:test';
import { accessCode, oidc, social } from '../src/index.ts';
import { Backend, handedOut, type BackendBody } from './backend-scene.ts';
import { Browser, isAt, isDone, type FlowBody } from './browser.ts';
import { approveByPhone, waitForPhone } from './cross-device-scene.ts';
import { detourClients } from './detour-scene.ts';
import type { CanonicalEmail } from '../src/model/ids.ts';
import { addOwner, addPerson, addReachableWithPassword, nextDigits, passedPassword, passPassword, setRecoveredBy, setUpTotp, startWithMfa, type MfaScene } from './mfa-scene.ts';
import { goodPassword, otherPassword, settle } from './password-scene.ts';
import { createOddUpstream, type OddUpstream } from './odd-upstream.ts';
import { bothNames, putFields } from './profile-scene.ts';
import { answerIn, codeIn, relyingParty } from './relying-party.ts';
import { askForSms, numberOf } from './sms-scene.ts';
import { answerOdd, atTheDoor } from './social-scene.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { listenLater, upstreamClient } from './upstream-issuer.ts';

/** What came of a way: in; asked for the second factor that there is; offered one; made to set one up; or refused. */
type Ending = 'in' | 'asked' | 'offered' | 'enrolls' | 'refused';

/** First what happens before the policy holds, then the way itself. */
type Way = (service: MfaScene, email: string) => Promise<() => Promise<Ending>>;

/** Methods that begin a sign-in; those that only come second are asked for by it. */
type FirstMethod = Exclude<MethodName, Exclude<SecondMethodName, 'passkey' | SecondCodeName> | 'recovery-code'>;
type OtherPath =
  | 'a recovery by a code' | 'a recovery by a link' | 'a recovery that signs in at once' | 'a recovery without a new password'
  | 'a passkey on another device' | 'a passkey on another device, without user verification' | 'a passkey without user verification' | 'a link that is answered where it was opened' | 'a password that was forgotten' | 'a password that has to be replaced' | 'a temporary password' | 'signing up anew' | 'a sign-in that asks for a name'
  | 'a password by a username' | 'a code that a username leads to' | 'a recovery by a username'
  | 'signing up with an address that is known' | 'going on as who is signed in' | 'GET /authorize with a session' | 'prompt=none with a session'
  | 'an authorization request at the end of a flow' | 'a refresh token' | 'a flow of another client of the app' | 'a page that is loaded again' | 'a step-up of who is signed in' | 'adding an account at a provider'
  | BackendPath;
type BackendPath =
  | 'a backend, by password' | 'a backend, by a username and a password' | 'a backend, by a code from a mail' | 'a backend, by an id and a code' | 'a backend, by a code that went elsewhere' | 'a backend, by a link' | 'a backend that goes on with its session' | 'a backend’s session, silently'
  | 'a backend’s refresh token' | 'a backend that signs up with an address that is known';

/** At the end of a flow's first part: what stands there. */
function endingOf(view: FlowBody): Ending {
  if (view.step === 'done') return 'in';
  if (view.step === 'enter-totp') return 'asked';
  if (view.step === 'second-factor' && view.purpose === 'prove') return 'asked';
  if (view.step === 'second-factor' || view.step === 'enroll-totp' || view.step === 'enroll-contact') return view.may_skip ? 'offered' : 'enrolls';
  throw new Error(`neither in nor asked: ${JSON.stringify(view)}`);
}

const endsAt = async (browser: Browser): Promise<Ending> => {
  const view = await settle(browser, await browser.look());
  return endingOf(view);
};

/** Another password, where nothing is asked before it. */
async function replacing(browser: Browser): Promise<Ending> {
  const { body } = await browser.look();
  return endingOf(body.step === 'set-password' ? await settle(browser, await browser.act('submit-password', { password: otherPassword })) : body);
}

/** A session from before the policy. */
async function sessionOf(service: MfaScene, email: string): Promise<Browser> {
  const browser = await passedPassword(service, email);
  isDone(await settle(browser, await browser.look()));
  return browser;
}

const mailed = async (service: MfaScene, email: string, { method, ...request }: { readonly method: 'email-code' | 'magic-link'; readonly [name: string]: unknown }): Promise<Browser> => {
  const browser = new Browser(service);
  await browser.startFlow(request);
  const { body } = await browser.act('submit-identifier', { identifier: email });
  if (body.step === 'enter-password') await browser.act('choose-method', { method });
  await service.deliver();
  return browser;
};

async function setRecovery({ store }: MfaScene, change: { readonly signsIn: boolean }): Promise<void> {
  for (const app of await store.apps.list()) {
    await store.apps.put({ ...app, preferences: { ...app.preferences, recovery: { ...app.preferences.recovery, ...change } } });
  }
}

/** From the answered message to the end. Without the second factor that there is, nothing is changed at the account. */
async function recovered(browser: Browser, first: FlowBody): Promise<Ending> {
  let view = first;
  if (view.step === 'set-password') view = (await browser.act('submit-password', { password: goodPassword })).body;
  if (view.step === 'enter-password') view = (await browser.act('submit-password', { password: goodPassword })).body;
  return endingOf(await settle(browser, { body: view }));
}

/** A username beside the address, from the host. */
async function nameOf(service: MfaScene, email: string): Promise<string> {
  const username = `name.${email.replaceAll(/[^a-z0-9]/g, '')}`;
  assert.equal(await service.auth.setUsername({ owner: { email }, username, by: 'desk' }), 'set');
  return username;
}

let numbers = 0;

/** Past the code of an SMS, at whatever follows it. */
async function passedSms(service: MfaScene, number: string): Promise<Browser> {
  const { browser } = await askForSms(service, number);
  await browser.act('choose-method', { method: 'sms-code' });
  await service.deliver();
  const { body } = await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) });
  if (body.step === 'set-password') await browser.act('skip');
  return browser;
}

const linkTo = (service: MfaScene, email: string): string => service.inbox.lastLink(email)?.split('/').at(-1) ?? '';

const withPasskey = (isUserVerifying: boolean, isElsewhere = false): Way => async (service, email) => {
  const authenticator = createAuthenticator({ isUserVerified: isUserVerifying });
  // Two weeks after the first offer there is another.
  service.clock.advance(15 * 86_400);
  const browser = await passedPassword(service, email);
  const offer = isAt((await browser.look()).body, 'enroll-passkey');
  isDone((await browser.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) })).body);
  if (isElsewhere) {
    return async () => {
      const waiting = await waitForPhone(service);
      await approveByPhone(service, waiting, authenticator);
      return endingOf(await settle(waiting.browser, await waiting.browser.act('approve')));
    };
  }
  return async () => {
    const stranger = new Browser(service);
    const { passkey } = isAt((await stranger.startFlow()).body, 'identify');
    assert.ok(passkey);
    const { body } = await stranger.act('submit-passkey', { credential: authenticator.authenticate(passkey.options, { origin: service.origin }) });
    return endingOf(body);
  };
};

let upstream: Awaited<ReturnType<typeof listenLater>>;
let odd: OddUpstream;

/** Back from a provider that vouches for the address, at whatever follows it. */
async function passedProvider(service: MfaScene, email: string): Promise<Browser> {
  odd.behave({ claims: { sub: email, email } });
  const door = await atTheDoor(service, 'odd');
  await answerOdd({ ...service, odd, oddUrl: upstream.url }, door);
  await door.browser.act('approve');
  return door.browser;
}

const methods: Readonly<Record<FirstMethod, Way>> = {
  'password': async (service, email) => async () => endsAt(await passedPassword(service, email)),
  'email-code': async (service, email) => async () => {
    const browser = await mailed(service, email, { method: 'email-code' });
    await browser.act('submit-answer', { answer: service.inbox.lastCode(email) });
    return endsAt(browser);
  },
  'magic-link': async (service, email) => async () => {
    const browser = await mailed(service, email, { method: 'magic-link' });
    await browser.postForm('/link', { secret: linkTo(service, email) });
    await browser.act('approve');
    return endsAt(browser);
  },
  // A person with a number alone, who has what the one with the address has.
  'sms-code': async (service, email) => {
    const number = numberOf((numbers += 1));
    const owner = await service.store.users.findByEmail(email as CanonicalEmail);
    const hasOne = owner !== undefined && (await service.store.totps.listOf(owner.id)).length > 0;
    await service.setPolicy(hasOne ? 'required' : 'off');
    const first = await passedSms(service, number);
    if (hasOne) await setUpTotp(first, (await first.look()).body, service);
    else isDone(await settle(first, await first.look()));
    service.clock.advance(120);
    return async () => endsAt(await passedSms(service, number));
  },
  // Support has given them a code: a first factor like any other.
  'access-code': async (service, email) => async () => {
    const owner = await service.store.users.findByEmail(email as CanonicalEmail);
    const { code } = await service.auth.issueAccessCode({ userId: owner?.id ?? '', appId: 'notes', issuer: 'support' });
    const browser = new Browser(service);
    await browser.startFlow();
    await browser.act('submit-identifier', { identifier: email });
    await browser.act('choose-method', { method: 'access-code' });
    await browser.act('submit-answer', { answer: code });
    return endsAt(browser);
  },
  'passkey': withPasskey(true),
  // Linked by the password, which is no second factor to it.
  'social': async (service, email) => {
    const browser = await passedProvider(service, email);
    isAt((await browser.look()).body, 'enter-password');
    await browser.act('submit-password', { password: goodPassword });
    isDone(await settle(browser, await browser.look()));
    return async () => endsAt(await passedProvider(service, email));
  },
};

const others: Readonly<Record<Exclude<OtherPath, BackendPath>, Way>> = {
  'a passkey without user verification': withPasskey(false),
  'a passkey on another device': withPasskey(true, true),
  'a passkey on another device, without user verification': withPasskey(false, true),
  'a link that is answered where it was opened': async (service, email) => async () => {
    const browser = await mailed(service, email, { method: 'magic-link' });
    const reply = await browser.postForm('/link', { secret: linkTo(service, email), here: '1' });
    const isIn = reply.headers.getSetCookie().some((line) => line.startsWith('portico-session='));
    const view = (await browser.look()).body;
    assert.equal(isIn, view.step === 'done', 'a session comes of the end of a flow alone');
    return endingOf(view);
  },
  'a password that was forgotten': async (service, email) => async () => {
    const browser = new Browser(service);
    await browser.startFlow();
    await browser.act('submit-identifier', { identifier: email });
    await browser.act('choose-method', { method: 'email-code', wants_new_password: true });
    await service.deliver();
    return recovered(browser, (await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body);
  },
  'a password that has to be replaced': async (service, email) => {
    await service.auth.demandNewPassword({ owner: { email }, demandedBy: 'ops' });
    return async () => replacing(await passedPassword(service, email));
  },
  'a temporary password': async (service, email) => {
    const given = await service.auth.giveTemporaryPassword({ owner: { email }, issuedBy: 'desk' });
    return async () => {
      const browser = new Browser(service);
      await browser.startFlow();
      await browser.act('submit-identifier', { identifier: email });
      await browser.act('submit-password', { password: given?.password });
      return replacing(browser);
    };
  },
  'a recovery by a code': async (service, email) => async () => {
    const browser = await mailed(service, email, { method: 'email-code', kind: 'recover' });
    return recovered(browser, (await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body);
  },
  'a recovery by a link': async (service, email) => async () => {
    const browser = await mailed(service, email, { method: 'magic-link', kind: 'recover' });
    await browser.postForm('/link', { secret: linkTo(service, email) });
    return recovered(browser, (await browser.act('approve')).body);
  },
  'a recovery that signs in at once': async (service, email) => async () => {
    await setRecovery(service, { signsIn: true });
    const browser = await mailed(service, email, { method: 'email-code', kind: 'recover' });
    const ending = await recovered(browser, (await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body);
    await setRecovery(service, { signsIn: false });
    return ending;
  },
  'a recovery without a new password': async (service, email) => async () => {
    await setRecovery(service, { signsIn: true });
    const browser = await mailed(service, email, { method: 'email-code', kind: 'recover' });
    let view: FlowBody = (await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body;
    if (view.step === 'set-password') view = (await browser.act('skip')).body;
    await setRecovery(service, { signsIn: false });
    return endingOf(await settle(browser, { body: view }));
  },
  'a password by a username': async (service, email) => {
    const name = await nameOf(service, email);
    return async () => endsAt(await passedPassword(service, name));
  },
  'a code that a username leads to': async (service, email) => {
    const name = await nameOf(service, email);
    return async () => {
      const browser = await mailed(service, name, { method: 'email-code' });
      await browser.act('submit-answer', { answer: service.inbox.lastCode(email) });
      return endsAt(browser);
    };
  },
  'a recovery by a username': async (service, email) => {
    const name = await nameOf(service, email);
    return async () => {
      const browser = await mailed(service, name, { method: 'email-code', kind: 'recover' });
      return recovered(browser, (await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body);
    };
  },
  'signing up anew': async (service, email) => async () => {
    const browser = await mailed(service, `new-${email}`, { method: 'email-code', kind: 'sign-up', create_new_user: true });
    const { body } = await browser.act('submit-answer', { answer: service.inbox.lastCode(`new-${email}`) });
    isAt(body, 'set-password');
    const reply = await browser.act('submit-password', { password: goodPassword });
    return endingOf(await settle(browser, reply));
  },
  'a sign-in that asks for a name': async (service, email) => async () => {
    await putFields(service.store, bothNames);
    const browser = await passedPassword(service, email);
    const { body } = await browser.look();
    const next = body.step === 'enroll-totp' && body.may_skip ? body : (await browser.act('submit-profile', { given_name: 'Ann' })).body;
    await putFields(service.store, []);
    return endingOf(await settle(browser, { body: next.step === undefined ? body : next }));
  },
  'signing up with an address that is known': async (service, email) => async () => {
    const browser = await mailed(service, email, { method: 'email-code', kind: 'sign-up', create_new_user: true });
    await browser.act('submit-answer', { answer: service.inbox.lastCode(email) });
    return endsAt(browser);
  },
  'going on as who is signed in': async (service, email) => {
    const browser = await sessionOf(service, email);
    return async () => {
      const view = isAt((await browser.startFlow()).body, 'identify');
      assert.equal(view.signed_in_as, email);
      return endingOf((await browser.act('approve')).body);
    };
  },
  'a step-up of who is signed in': async (service, email) => {
    const browser = await sessionOf(service, email);
    return async () => endingOf((await browser.startFlow({ kind: 'step-up', ...relyingParty(service).request })).body);
  },
  'adding an account at a provider': async (service, email) => {
    const browser = await sessionOf(service, email);
    return async () => {
      const { body } = await browser.startFlow({ kind: 'link' });
      return body.step === 'choose-method' ? 'in' : endingOf(body);
    };
  },
  'GET /authorize with a session': async (service, email) => {
    const browser = await sessionOf(service, email);
    return async () => {
      const page = new URL((await relyingParty(service).authorize(browser)).headers.get('Location') ?? '', service.origin);
      if (page.searchParams.has('code')) return 'in';
      // The sign-in page: it goes on as who is signed in, and asks for what is missing.
      await browser.startFlow({ request_uri: page.searchParams.get('request_uri') });
      const ending = endingOf((await browser.act('approve')).body);
      assert.notEqual(ending, 'in');
      return ending;
    };
  },
  'prompt=none with a session': async (service, email) => {
    const browser = await sessionOf(service, email);
    return async () => {
      const answer = answerIn((await relyingParty(service).authorize(browser, { prompt: 'none' })).headers.get('Location'));
      if (answer.has('code')) return 'in';
      assert.equal(answer.get('error'), 'interaction_required');
      return 'refused';
    };
  },
  'an authorization request at the end of a flow': async (service, email) => async () => {
    const browser = await passedPassword(service, email, relyingParty(service).request);
    const view = await settle(browser, await browser.look());
    if (view.step === 'done') codeIn(view.redirect_to);
    return endingOf(view);
  },
  'a refresh token': async (service, email) => {
    const party = relyingParty(service);
    const browser = await passedPassword(service, email, party.request);
    const done = isDone(await settle(browser, await browser.look()));
    const { refresh_token: token } = (await party.exchange(codeIn(done.redirect_to))).body;
    return async () => {
      const reply = await party.refresh(token);
      if (reply.status === 200) return 'in';
      assert.equal(reply.body.error, 'invalid_grant');
      return 'refused';
    };
  },
  'a flow of another client of the app': async (service, email) => async () => endsAt(await passedPassword(service, email, { client_id: 'other-web' })),
  'a page that is loaded again': async (service, email) => async () => {
    const { request_uri: requestUri } = (await relyingParty(service).push()).body;
    const browser = await passedPassword(service, email, { request_uri: requestUri });
    await browser.startFlow({ request_uri: requestUri });
    return endsAt(browser);
  },
};

/** In backend style: the same engine, and its own way to tokens. */
const backends: Readonly<Record<BackendPath, Way>> = {
  'a backend, by password': async (service, email) => async () => endingOfBackend(await backendPast(service, email, { method: 'password' })),
  'a backend, by a username and a password': async (service, email) => {
    const name = await nameOf(service, email);
    return async () => endingOfBackend(await backendPast(service, name, { method: 'password' }));
  },
  'a backend, by a code from a mail': async (service, email) => async () => endingOfBackend(await backendPast(service, email, { method: 'email-code' })),
  'a backend, by an id and a code': async (service, email) => {
    const userId = (await service.store.users.findByEmail(email as CanonicalEmail))?.id ?? '';
    return async () => endingOfBackend(await backendPast(service, { user_id: userId }, { method: 'email-code', goesTo: email }));
  },
  'a backend, by a code that went elsewhere': async (service, email) => async () =>
    endingOfBackend(await backendPast(service, email, { method: 'email-code', goesTo: `desk-${email}`, deliver_to: { email: `desk-${email}` } })),
  'a backend, by a link': async (service, email) => async () => endingOfBackend(await backendPast(service, email, { method: 'magic-link' })),
  'a backend that signs up with an address that is known': async (service, email) => async () =>
    endingOfBackend(await backendPast(service, email, { method: 'email-code', kind: 'sign-up', create_new_user: true })),
  'a backend that goes on with its session': async (service, email) => {
    const { backend, view } = await backendPast(service, email, { method: 'password' });
    const { session_id: sessionId } = handedOut(view);
    return async () => endingOfBackend({ backend, view: (await backend.start({ session_id: sessionId })).body });
  },
  'a backend’s session, silently': async (service, email) => {
    const { backend, view } = await backendPast(service, email, { method: 'password' });
    const { session_id: sessionId } = handedOut(view);
    return async () => {
      const { status, body } = await backend.authenticate(sessionId);
      if (status === 200) return 'in';
      assert.equal(body.error, 'insufficient_user_authentication');
      return 'refused';
    };
  },
  'a backend’s refresh token': async (service, email) => {
    const { backend, view } = await backendPast(service, email, { method: 'password', scope: 'openid offline_access' });
    const { refresh_token: token = '' } = handedOut(view).tokens;
    return async () => {
      const { status, body } = await backend.form('/token', { grant_type: 'refresh_token', refresh_token: token });
      if (status === 200) return 'in';
      assert.equal(body.error, 'invalid_grant');
      return 'refused';
    };
  },
};

interface AtBackend {
  readonly backend: Backend;
  readonly view: BackendBody;
}

/** Past the first factor in backend style, at whatever follows it. */
async function backendPast(service: MfaScene, who: string | { readonly user_id: string }, { method, goesTo, ...request }: { readonly method: 'password' | 'email-code' | 'magic-link'; readonly goesTo?: string; readonly [name: string]: unknown }): Promise<AtBackend> {
  const email = goesTo ?? (typeof who === 'string' ? who : '');
  const backend = new Backend(service);
  await backend.start(request);
  let view = (await backend.act('submit-identifier', typeof who === 'string' ? { identifier: who } : who)).body;
  if (method === 'password') view = (await backend.act('submit-password', { password: goodPassword })).body;
  if (method !== 'password' && view.step === 'enter-password') view = (await backend.act('choose-method', { method })).body;
  if (method === 'magic-link' && view.step !== 'wait-for-link') view = (await backend.act('choose-method', { method })).body;
  await service.deliver();
  if (method === 'email-code') view = (await backend.act('submit-answer', { answer: service.inbox.lastCode(email) })).body;
  if (view.step === 'wait-for-link') {
    await new Browser(service).postForm('/link', { secret: linkTo(service, email), number: view.match_number ?? '' });
    view = (await backend.act('approve')).body;
  }
  return { backend, view: await backend.settle(view) };
}

/** In means with tokens and a session; every step before it has neither. */
function endingOfBackend({ backend, view }: AtBackend): Ending {
  const hasTokens = backend.history.some(({ text }) => /access_token|"session_id"/.test(text));
  const isLater = backend.history.some(({ text }) => text.includes('"access_token"') && !text.includes('"step":"done"'));
  assert.equal(isLater, false, 'tokens come of the end of a flow alone');
  const ending = endingOf(view);
  if (ending === 'in') assert.ok(hasTokens && 'tokens' in view);
  else assert.equal('tokens' in view, false);
  return ending;
}

/** What the policy says, in a table of its own: not computed by what is tested. */
const expected: Readonly<Record<MfaPolicy, Readonly<Record<'has none' | 'has one', Ending>>>> = {
  off: { 'has none': 'in', 'has one': 'in' },
  optional: { 'has none': 'offered', 'has one': 'asked' },
  // These devices are known, and no second factor was shown at one of them.
  adaptive: { 'has none': 'offered', 'has one': 'asked' },
  required: { 'has none': 'enrolls', 'has one': 'asked' },
};

/** Where nobody can be asked there is a refusal; what was no sign-in brings no offer; a new user has nothing yet. */
function expectedOn(path: string, policy: MfaPolicy, has: 'has none' | 'has one'): Ending {
  const usual = expected[policy][path === 'signing up anew' ? 'has none' : has];
  if (path === 'passkey' || path === 'a passkey on another device') return 'in';
  // Whoever has a second factor shows it before anything is changed, whatever the app asks for at a sign-in.
  if (has === 'has one' && (path.startsWith('a recovery') || path === 'a password that was forgotten')) return 'asked';
  // It opens no session and sets nothing up: whoever has no second factor yet is asked for one where they next sign in.
  if (has === 'has none' && path === 'adding an account at a provider') return 'in';
  const isSilent = ['prompt=none with a session', 'a refresh token', 'a backend’s session, silently', 'a backend’s refresh token'].includes(path);
  const isNoSignIn = isSilent || ['going on as who is signed in', 'a step-up of who is signed in', 'GET /authorize with a session', 'a backend that goes on with its session'].includes(path);
  // A page at the landing page of a link is left at once: it offers nothing.
  if (usual === 'offered' && (isNoSignIn || path === 'a link that is answered where it was opened')) return 'in';
  return isSilent && usual !== 'in' ? 'refused' : usual;
}

describe('no path bypasses the policy', () => {
  let service: MfaScene;
  before(async () => {
    upstream = await listenLater();
    odd = await createOddUpstream(upstream.url);
    upstream.handle = odd.handle;
    const providers = [oidc({ ...upstreamClient, id: 'odd', name: 'Odd', issuer: upstream.url })];
    service = await startWithMfa({ clients: detourClients, app: { preferences: { username: { isOn: true } } }, passkeys: { userVerification: 'preferred', allowsCrossDevice: true }, others: [social({ providers }), accessCode()] });
  });
  after(() => Promise.all([service.close(), upstream.close()]));

  let people = 0;
  for (const [path, way] of Object.entries({ ...methods, ...others, ...backends })) {
    for (const policy of mfaPolicies) {
      for (const has of ['has none', 'has one'] as const) {
        test(`${path}, with the policy ${policy}, for somebody who ${has}: ${expectedOn(path, policy, has)}`, async () => {
          const email = `person-${(people += 1)}@example.test`;
          if (has === 'has one') await addOwner(service, email);
          else await addPerson(service, email);
          const go = await way(service, email);
          await service.setPolicy(policy);
          assert.equal(await go(), expectedOn(path, policy, has));
        });
      }
    }
  }

  // Whoever has a number is asked for a code to it, as others for the digits of their app: it is there, and no password's.
  for (const [path, way] of Object.entries({ ...methods, ...others })) {
    // The number is the second factor here; come first it is in second-code-first.test.ts.
    if (path === 'sms-code') continue;
    for (const policy of mfaPolicies) {
      test(`${path}, with the policy ${policy}, for somebody who has a number where SMS count: ${expectedOn(path, policy, 'has one')}`, async () => {
        const email = `person-${(people += 1)}@example.test`;
        await setRecoveredBy(service, ['email']);
        await addReachableWithPassword(service, { email, number: numberOf(5_000_000 + people) });
        await service.setPolicy('off', { methods: ['sms-code', 'totp'] });
        const go = await way(service, email);
        await service.setPolicy(policy, { methods: ['sms-code', 'totp'] });
        assert.equal(await go(), expectedOn(path, policy, 'has one'));
      });
    }
  }

  // What went elsewhere is no way past a code that would come the same way, nor a second factor beside it.
  for (const policy of mfaPolicies) {
    for (const [counted, ending] of [['sms-code', 'asked'], ['email-code', 'asked']] as const) {
      test(`a backend, by a code that went elsewhere by mail, with the policy ${policy}, for somebody whose second factor is ${counted}: ${policy === 'off' ? 'in' : ending}`, async () => {
        const email = `person-${(people += 1)}@example.test`;
        await setRecoveredBy(service, ['email']);
        await addReachableWithPassword(service, { email, number: numberOf(5_000_000 + people) });
        await service.setPolicy(policy, { methods: [counted] });
        const at = await backendPast(service, email, { method: 'email-code', goesTo: `desk-${email}`, deliver_to: { email: `desk-${email}` } });
        assert.equal(endingOfBackend(at), policy === 'off' ? 'in' : ending);
        if (policy !== 'off') assert.deepEqual(at.view.step === 'second-factor' && at.view.methods, counted === 'sms-code' ? ['sms-code'] : []);
      });
    }
  }

  // Whoever has no number adds one where SMS alone count: the same endings as with an authenticator app.
  for (const [path, way] of Object.entries({ ...methods, ...others })) {
    if (path === 'sms-code') continue;
    for (const policy of ['optional', 'required'] as const) {
      test(`${path}, with the policy ${policy}, for somebody who has no number where SMS alone count: ${expectedOn(path, policy, 'has none')}`, async () => {
        const email = `person-${(people += 1)}@example.test`;
        await setRecoveredBy(service, ['email']);
        await addPerson(service, email);
        await service.setPolicy('off', { methods: ['sms-code'] });
        const go = await way(service, email);
        await service.setPolicy(policy, { methods: ['sms-code'] });
        assert.equal(await go(), expectedOn(path, policy, 'has none'));
      });
    }
  }

  test('a device that is remembered is no leave to link an account at a provider with one factor', async () => {
    const { email, secret } = await addOwner(service, 'remembered@example.test');
    await service.setPolicy('required', { rememberDevice: { days: 30 } });
    const browser = await passedPassword(service, email);
    isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(secret, service), remember_device: true })));
    isDone(await settle(browser, await passPassword(browser, email)));
    odd.behave({ claims: { sub: email, email } });
    browser.handle = '';
    const door = await atTheDoor(service, 'odd', { browser });
    await answerOdd({ ...service, odd, oddUrl: upstream.url }, door);
    isAt((await browser.act('approve')).body, 'enter-password');
    isAt((await browser.act('submit-password', { password: goodPassword })).body, 'enter-totp');
    const user = await service.store.users.findByEmail(email as CanonicalEmail);
    assert.deepEqual(user === undefined ? undefined : await service.store.identities.listOf(user.id), []);
    await service.setPolicy('off', { rememberDevice: false });
  });

  test('none of it was a fault of ours', () => {
    assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
  });
});
