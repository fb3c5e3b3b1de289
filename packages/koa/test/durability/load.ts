/**
 * Many people at once, who sign up, sign in, exchange, refresh, revoke and sign out until the service is killed.
 *
 * Owns: what was acknowledged. A write counts once its whole answer has arrived here; until then it is in doubt, and
 * what it was about says so (`isAsked`).
 */
import assert from 'node:assert/strict';
import { Browser, isAt, isDone, type FlowBody, type Reply } from '../browser.ts';
import { codeIn, relyingParty, type RelyingParty } from '../relying-party.ts';
import { createAuthenticator, type SoftwareAuthenticator } from '../software-authenticator.ts';
import type { Killable } from './start-killable.ts';

/** Something that writes are about. */
interface Entry {
  /** A write about it was sent, and no answer has come. */
  isAsked: boolean;
}

/** Somebody on the way in, without an account as yet. */
export interface SignUp extends Entry {
  readonly email: string;
  readonly browser: Browser;
  /** Where the last answer left them. */
  step: FlowBody['step'] | undefined;
}

export interface SignedIn extends Entry {
  readonly browser: Browser;
  isClosed: boolean;
}

/** A code, and what came of it. */
export interface Family extends Entry {
  readonly session: SignedIn;
  readonly code: string;
  /** Refresh tokens, in their order; all but the last are spent. None: the code is not spent. */
  readonly tokens: string[];
  /** Somebody has asked to end it. */
  isEnding: boolean;
  isRevoked: boolean;
}

export interface Key extends Entry {
  readonly authenticator: SoftwareAuthenticator;
  /** Its counter, as the service has acknowledged it. */
  counter: number;
}

export interface Ledger {
  acknowledged: number;
  readonly signUps: SignUp[];
  readonly sessions: SignedIn[];
  readonly families: Family[];
  readonly keys: Key[];
}

export interface Load {
  readonly service: Killable;
  readonly party: RelyingParty;
  readonly ledger: Ledger;
  /** Called with each acknowledgement. */
  readonly onAcknowledged: () => void;
}

export function newLoad(service: Killable, onAcknowledged: (ledger: Ledger) => void = () => undefined): Load {
  const ledger: Ledger = { acknowledged: 0, signUps: [], sessions: [], families: [], keys: [] };
  return { service, party: relyingParty(service), ledger, onAcknowledged: () => onAcknowledged(ledger) };
}

/** One write. What its answer says is noted in the moment in which it is known. */
async function write<Body>(
  { ledger, onAcknowledged }: Load,
  entry: Entry,
  { send, take }: { readonly send: () => Promise<Reply<Body>>; readonly take: (reply: Reply<Body>) => void },
): Promise<void> {
  entry.isAsked = true;
  const reply = await send();
  // "Not now" promises nothing either way.
  if (reply.status >= 500) throw new Error(`${reply.status} ${reply.text}`);
  assert.ok(reply.status < 400, `${reply.status} ${reply.text}`);
  entry.isAsked = false;
  take(reply);
  ledger.acknowledged += 1;
  onAcknowledged();
}

/** What somebody who is signed in may do next. */
const deeds: readonly ((load: Load, member: Member) => Promise<void>)[] = [
  async (load, { family }) => {
    await refresh(load, family);
    await refresh(load, family);
  },
  async (load, { key }) => {
    const family = await signIn(load, key);
    await exchange(load, family);
    await revoke(load, family);
  },
  async (load, { key }) => {
    const family = await signIn(load, key);
    await exchange(load, family);
    await signOut(load, family.session);
  },
  async (load, { family }) => {
    const further = await authorize(load, family.session);
    await exchange(load, further);
    await refresh(load, further);
  },
];

interface Member {
  readonly key: Key;
  readonly family: Family;
}

/** One person's life with the service: some twenty writes of every kind. Where they begin, makes the load a mixed one. */
export async function live(load: Load, email: string, firstDeed = 0): Promise<void> {
  const member = await signUp(load, email);
  await exchange(load, member.family);
  for (let at = 0; at < deeds.length; at += 1) await deeds[(firstDeed + at) % deeds.length]?.(load, member);
}

async function signUp(load: Load, email: string): Promise<Member> {
  const { service, party, ledger } = load;
  const browser = new Browser(service);
  const entry: SignUp = { email, browser, step: undefined, isAsked: false };
  const take = ({ body }: Reply<FlowBody>): void => { entry.step = body.step; };
  await write(load, entry, { send: () => browser.startFlow({ create_new_user: true, ...party.request }), take });
  ledger.signUps.push(entry);
  await write(load, entry, { send: () => browser.act('submit-identifier', { identifier: email }), take });
  await service.deliver();
  let offer: FlowBody | undefined;
  await write(load, entry, {
    send: () => browser.act('submit-answer', { answer: service.inbox.lastCode(email) }),
    take: (reply) => { take(reply); offer = reply.body; },
  });
  const authenticator = createAuthenticator();
  const credential = authenticator.register(isAt(offer, 'enroll-passkey').creation.options, { origin: service.origin, counter: 1 });
  let family: Family | undefined;
  await write(load, entry, {
    send: () => browser.act('enroll', { credential }),
    take: (reply) => { take(reply); family = noteSignedIn(load, browser, reply.body); },
  });
  assert.ok(family);
  const key: Key = { authenticator, counter: 1, isAsked: false };
  ledger.keys.push(key);
  return { key, family };
}

async function signIn(load: Load, key: Key): Promise<Family> {
  const { service, party } = load;
  const browser = new Browser(service);
  let family: Family | undefined;
  let view: FlowBody | undefined;
  await write(load, key, { send: () => browser.startFlow({ ...party.request }), take: ({ body }) => { view = body; } });
  const credential = assertionOf(key, isAt(view, 'identify'), { origin: service.origin, counter: key.counter + 1 });
  await write(load, key, {
    send: () => browser.act('submit-passkey', { credential }),
    take: ({ body }) => { key.counter += 1; family = noteSignedIn(load, browser, body); },
  });
  assert.ok(family);
  return family;
}

/** What the key answers to the question of a first screen. */
export function assertionOf(
  { authenticator }: Key, view: FlowBody & { readonly step: 'identify' }, ceremony: { readonly origin: string; readonly counter: number },
): object {
  assert.ok(view.passkey);
  return authenticator.authenticate(view.passkey.options, ceremony);
}

function noteSignedIn({ ledger }: Load, browser: Browser, view: FlowBody): Family {
  const session: SignedIn = { browser, isClosed: false, isAsked: false };
  const family = codeOf(session, codeIn(isDone(view).redirect_to));
  ledger.sessions.push(session);
  ledger.families.push(family);
  return family;
}

function codeOf(session: SignedIn, code: string): Family {
  return { session, code, tokens: [], isEnding: false, isRevoked: false, isAsked: false };
}

/** A session that is there gets a code without the person. */
async function authorize(load: Load, session: SignedIn): Promise<Family> {
  let family: Family | undefined;
  await write(load, { isAsked: false }, {
    send: () => load.party.authorize(session.browser),
    take: ({ headers }) => { family = codeOf(session, codeIn(headers.get('Location'))); },
  });
  assert.ok(family);
  load.ledger.families.push(family);
  return family;
}

function exchange(load: Load, family: Family): Promise<void> {
  return write(load, family, { send: () => load.party.exchange(family.code), take: ({ body }) => void family.tokens.push(body.refresh_token) });
}

function refresh(load: Load, family: Family): Promise<void> {
  return write(load, family, { send: () => load.party.refresh(family.tokens.at(-1) ?? ''), take: ({ body }) => void family.tokens.push(body.refresh_token) });
}


function revoke(load: Load, family: Family): Promise<void> {
  family.isEnding = true;
  const form = { token: family.tokens.at(-1) ?? '' };
  const send = (): Promise<Reply> => new Browser(load.service).postForm('/revoke', form, { ...load.party.authentication });
  return write(load, family, { send, take: () => { family.isRevoked = true; } });
}

async function signOut(load: Load, session: SignedIn): Promise<void> {
  const reply = await session.browser.fetch('/account/v1/sessions');
  const { sessions } = reply.body as { readonly sessions: readonly { readonly id: string; readonly is_current: boolean }[] };
  const own = sessions.find(({ is_current: isCurrent }) => isCurrent);
  const send = (): Promise<Reply> => session.browser.fetch(`/account/v1/sessions/${own?.id}`, { method: 'DELETE' });
  await write(load, session, { send, take: () => { session.isClosed = true; } });
}

/** How many requests are on their way at any moment. */
const peopleAtOnce = 32;

export interface Round {
  /** So many writes are answered before the kill; those that are on their way then may be answered too. */
  readonly acknowledgements: number;
  /** No other round has it. */
  readonly name: string;
  readonly kill: () => void;
}

/** Lets people live until so many writes were acknowledged, kills in that very moment, and returns what had been promised. */
export async function killAfter(service: Killable, { acknowledgements, name, kill }: Round): Promise<Load> {
  const fate = { isKilled: false };
  const load = newLoad(service, ({ acknowledged }) => {
    if (acknowledged !== acknowledgements) return;
    fate.isKilled = true;
    kill();
  });
  const liveOn = async (person: number): Promise<void> => {
    for (let turn = 0; !fate.isKilled; turn += 1) await live(load, `person-${name}-${person}-${turn}@example.test`, person);
  };
  await Promise.all(Array.from({ length: peopleAtOnce }, (_, person) => liveOn(person).catch((fault: unknown) => {
    // Before the kill nothing may fail; after it every request, but no answer may be a wrong one.
    if (!fate.isKilled || fault instanceof assert.AssertionError) throw fault;
  })));
  return load;
}
