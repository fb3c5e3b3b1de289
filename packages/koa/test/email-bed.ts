import type { TestContext } from 'node:test';
import { devInbox } from '../src/delivery/dev-inbox.ts';
import { holdClock, keepLog, openStore, vault } from './delivery-bed.ts';
import { createOutbox } from '../src/delivery/outbox.ts';
import type { App, Client } from '../src/model/app.ts';
import type { Flow } from '../src/model/flow.ts';
import type { AppId, CanonicalEmail, ClientId, Digest, FlowId, UserId } from '../src/model/ids.ts';
import type { User } from '../src/model/user.ts';
import { defaultPreferences } from '../src/preferences/default-preferences.ts';
import { mergePreferences } from '../src/preferences/merge-preferences.ts';
import type { PreferencesInput } from '../src/preferences/preferences-schema.ts';
import { systemRandom } from '../src/vault/system-random.ts';
import type { Begun, MethodContext } from '../src/methods/method.ts';
import { createEmailMethod } from '../src/methods/email/email.method.ts';
import { emailCode, magicLink } from '../src/methods/email/email-options.ts';

export const issuer = 'https://login.notes.example/auth';

/** The methods that a test turns on. */
export const bothOn = { 'email-code': emailCode().settings, 'magic-link': magicLink().settings };
export const codesOn = { 'email-code': emailCode().settings };
export const linksOn = { 'magic-link': magicLink().settings };

export function appWith(methods: NonNullable<PreferencesInput['methods']> = bothOn): App {
  return {
    id: 'notes' as AppId,
    name: 'Notes',
    allowsPublicSignup: true,
    preferences: mergePreferences(defaultPreferences, { methods }),
    isManagedByCode: true,
  };
}

const client: Client = {
  id: 'notes-web' as ClientId,
  appId: 'notes' as AppId,
  name: 'Notes',
  isPublic: true,
  authentication: ['none'],
  secretDigests: [],
  redirectUris: [],
  postLogoutRedirectUris: [],
  origins: [],
  scopes: [],
  resources: [],
  requiresPkce: true,
  requiresPar: false,
  requiresConsent: false, mayUseBackendStyle: false, mayDetour: false,
  idTokenAlgorithm: 'ES256',
  idTokenSeconds: 300,
  accessTokenSeconds: 300,
  refreshTokenIdleSeconds: 300,
  refreshTokenSeconds: 300,
  defaultClaims: [],
  isManagedByCode: true,
};

/** What the world looks like to a method: whose flow, whose address, who that is. */
export interface Case {
  readonly app?: App;
  readonly email?: string;
  readonly user?: 'member' | 'suspended' | 'nobody';
  readonly mayCreateUser?: boolean;
  readonly language?: string;
}

function userOf(email: CanonicalEmail, status: User['status'], now: Date): User {
  return {
    id: `user of ${email}` as UserId,
    status,
    email: { typed: email, canonical: email },
    refusesPasskeyOffer: false,
    createdAt: now,
    updatedAt: now,
  };
}

/** The e-mail methods over a real store, a real outbox and an inbox in memory. */
export async function emailBed(testContext: TestContext) {
  const clock = holdClock();
  const store = await openStore(testContext);
  const inbox = devInbox();
  const outbox = createOutbox({ store, vault, mailer: inbox, clock, random: systemRandom, log: keepLog() });
  const deps = { store, vault, random: systemRandom, clock, outbox, issuer };
  const method = createEmailMethod(deps);
  await store.apps.put(appWith());
  await store.clients.put(client);

  /** A new flow, with what a method is told of it. */
  async function flowOf(given: Case = {}): Promise<MethodContext> {
    const email = (given.email ?? 'ada@example.com') as CanonicalEmail;
    const now = clock.now();
    const flow: Flow = {
      id: systemRandom.id() as FlowId,
      handleDigest: systemRandom.id() as Digest,
      kind: 'sign-in',
      appId: 'notes' as AppId,
      clientId: client.id,
      step: 'identify',
      version: 0,
      email,
      mayCreateUser: given.mayCreateUser ?? false,
      proofs: [],
      isNewUser: false,
      origin: { browser: 'Firefox on Windows', address: '192.0.2.7', place: 'Lyon, France' },
      language: given.language ?? 'en',
      challenges: {},
      hasSkippedEnrollment: false,
      createdAt: now,
      expiresAt: new Date(now.getTime() + 3_600_000),
    };
    await store.flows.insert(flow);
    const status = given.user === 'suspended' ? 'suspended' : 'active';
    const user = given.user === 'nobody' ? undefined : userOf(email, status, now);
    if (user !== undefined && (await store.users.findByEmail(email)) === undefined) await store.users.insert(user);
    return { app: given.app ?? appWith(), client, flow, user };
  }

  async function challengeOf(begun: Begun, name: 'email-code' | 'magic-link') {
    const id = begun.challenges[name];
    const challenge = id === undefined ? undefined : await store.challenges.find(id);
    if (challenge === undefined) throw new Error(`There is no ${name}.`);
    return challenge;
  }

  /** Begins, lets the mail arrive, and reads it. */
  async function begin(context: MethodContext) {
    const begun = await method.begin(context);
    await outbox.deliverDue();
    const to = context.flow.email ?? '';
    const mail = inbox.last(to);
    return { begun, mail, code: inbox.lastCode(to) ?? '', secret: inbox.lastLink(to)?.split('/').at(-1) ?? '' };
  }

  async function answerCode(context: MethodContext, begun: Begun, code: string) {
    return method.answer(context, await challengeOf(begun, 'email-code'), { kind: 'code', code });
  }

  async function answerLink(context: MethodContext, begun: Begun, secret: string) {
    return method.answer(context, await challengeOf(begun, 'magic-link'), { kind: 'link', secret });
  }

  return { clock, store, inbox, outbox, deps, method, flowOf, begin, challengeOf, answerCode, answerLink };
}

/** Digits that are not these. */
export function otherThan(code: string): string {
  return [...code].map((digit) => String((Number(digit) + 1) % 10)).join('');
}
