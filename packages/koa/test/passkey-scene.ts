/** An app with passkeys on a real store, its people and their authenticators; the clock is in the test's hand. */
import type { CreationOptionsJson, RequestOptionsJson } from '@portico/contract';
import { createPasskeyMethod, type PasskeyMethod } from '../src/methods/passkey/passkey.method.ts';
import type { MethodContext } from '../src/methods/method.ts';
import type { App, Client } from '../src/model/app.ts';
import type { ListedAuditEvent } from '../src/model/audit-event.ts';
import type { Challenge } from '../src/model/challenge.ts';
import type { Flow } from '../src/model/flow.ts';
import type { AppId, CanonicalEmail, ChallengeId, ClientId, FlowId, UserId } from '../src/model/ids.ts';
import type { PasskeyPreferences } from '../src/model/login-preferences.ts';
import type { Passkey } from '../src/model/passkey.ts';
import type { User } from '../src/model/user.ts';
import type { OpenStore } from '../src/ports/store.ts';
import type { Vault } from '../src/ports/vault.ts';
import { defaultPreferences } from '../src/preferences/default-preferences.ts';
import { sqlite } from '../src/store/sqlite.ts';
import { createVault } from '../src/vault/create-vault.ts';
import { systemRandom } from '../src/vault/system-random.ts';
import { createAuthenticator, type AuthenticatorOptions, type Ceremony, type SoftwareAuthenticator } from './software-authenticator.ts';

export const origin = 'https://login.example.com';
const rpId = 'example.com';

const preferencesWith = (passkey: Partial<PasskeyPreferences>): App['preferences'] => ({
  ...defaultPreferences,
  methods: {
    ...defaultPreferences.methods,
    passkey: { ...defaultPreferences.methods.passkey, isOn: true, rpId, origins: [origin, 'https://shop.example.com'], ...passkey },
  },
});

const client: Client = {
  id: 'shop' as ClientId,
  appId: 'shop' as AppId,
  name: 'Shop',
  isPublic: true,
  authentication: ['none'],
  secretDigests: [],
  redirectUris: [],
  postLogoutRedirectUris: [],
  origins: [origin],
  scopes: ['openid'],
  resources: [],
  requiresPkce: true,
  requiresPar: false,
  requiresConsent: false, mayUseBackendStyle: false, mayDetour: false,
  idTokenAlgorithm: 'ES256',
  idTokenSeconds: 3_600,
  accessTokenSeconds: 600,
  refreshTokenIdleSeconds: 1_000,
  refreshTokenSeconds: 10_000,
  defaultClaims: [],
  isManagedByCode: true,
};

/** A user and the authenticator that holds their passkey. */
export interface Member {
  readonly user: User;
  readonly authenticator: SoftwareAuthenticator;
  readonly passkey: Passkey;
}

export interface AskedPasskey {
  readonly context: MethodContext;
  readonly challenge: Challenge;
  readonly options: RequestOptionsJson;
}

export interface PasskeyScene {
  readonly store: OpenStore;
  readonly vault: Vault;
  readonly method: PasskeyMethod;
  readonly clock: { now(): Date; advance(seconds: number): void };
  /** The same app, where the administrator has changed something. */
  changePreferences(change: Partial<PasskeyPreferences>): void;
  context(about?: { readonly email?: string; readonly user?: User; readonly userId?: UserId }): Promise<MethodContext>;
  addUser(about?: { readonly email?: string; readonly status?: User['status'] }): Promise<User>;
  addMember(about?: { readonly email?: string; readonly device?: AuthenticatorOptions }): Promise<Member>;
  ask(about?: { readonly email?: string; readonly user?: User; readonly userId?: UserId }): Promise<AskedPasskey>;
  offer(user: User): Promise<{ context: MethodContext; challenge: Challenge; options: CreationOptionsJson }>;
  findChallenge(id: ChallengeId | undefined): Promise<Challenge>;
  reasons(): Promise<readonly unknown[]>;
  events(): Promise<readonly ListedAuditEvent[]>;
}

/** Opens the scene on an empty database. */
export async function openPasskeyScene(preferences: Partial<PasskeyPreferences> = {}): Promise<PasskeyScene> {
  const store = await sqlite(':memory:').open();
  const vault = createVault('a secret of a test that is long enough to be taken');
  let now = new Date('2026-11-25T09:00:00.000Z');
  const clock = { now: () => now, advance: (seconds: number) => void (now = new Date(now.getTime() + seconds * 1_000)) };
  const method = createPasskeyMethod({ store, vault, random: systemRandom, clock });
  let settings = preferences;
  const app = (): App => ({ id: client.appId, name: 'Shop', allowsPublicSignup: true, preferences: preferencesWith(settings), isManagedByCode: true });
  await store.apps.put(app());
  await store.clients.put(client);

  const addFlow = async (about: { email?: string; userId?: UserId }): Promise<Flow> => {
    const flow: Flow = {
      id: systemRandom.id() as FlowId,
      handleDigest: vault.digest('flow-handle', systemRandom.secret()),
      kind: 'sign-in',
      appId: client.appId,
      clientId: client.id,
      step: 'identify',
      version: 0,
      ...(about.email === undefined ? {} : { email: about.email as CanonicalEmail, typedIdentifier: about.email }),
      ...(about.userId === undefined ? {} : { userId: about.userId }),
      mayCreateUser: true,
      proofs: [],
      isNewUser: false,
      origin: { browser: 'Firefox on Linux', address: '192.0.2.1' },
      language: 'en',
      challenges: {},
      hasSkippedEnrollment: false,
      createdAt: now,
      expiresAt: new Date(now.getTime() + 3_600_000),
    };
    await store.flows.insert(flow);
    return flow;
  };

  const scene: PasskeyScene = {
    store,
    vault,
    method,
    clock,
    changePreferences: (change) => void (settings = { ...settings, ...change }),
    context: async ({ user, ...about } = {}) => ({ app: app(), client, flow: await addFlow(about), user }),
    async addUser({ email, status = 'active' } = {}) {
      const id = systemRandom.id() as UserId;
      const identifier = email === undefined ? {} : { email: { typed: email, canonical: email as CanonicalEmail, verifiedAt: now } };
      await store.users.insert({ id, status, ...identifier, createdAt: now, updatedAt: now });
      const user = await store.users.find(id);
      if (user === undefined) throw new Error('the user was not stored');
      return user;
    },
    async addMember({ email, device = {} } = {}) {
      const user = await scene.addUser(email === undefined ? {} : { email });
      const authenticator = createAuthenticator(device);
      const { context, challenge, options } = await scene.offer(user);
      const enrolled = await method.answerEnrollment(context, challenge, { credential: authenticator.register(options, { origin }), isSilent: false });
      if (enrolled.outcome === 'refused') throw new Error(`the passkey was refused: ${JSON.stringify(await scene.reasons())}`);
      await store.passkeys.insert(enrolled.passkey);
      return { user, authenticator, passkey: enrolled.passkey };
    },
    async ask(about = {}) {
      const context = await scene.context(about);
      const { challenges } = await method.begin(context);
      const challenge = await scene.findChallenge(challenges.passkey);
      return { context, challenge, options: challenge.detail['options'] as RequestOptionsJson };
    },
    async offer(user) {
      const context = await scene.context({ userId: user.id });
      const { challenges } = await method.beginEnrollment(context, { userId: user.id, name: user.email?.typed ?? 'Mia', displayName: 'Mia' });
      const challenge = await scene.findChallenge(challenges.enroll);
      return { context, challenge, options: challenge.detail['options'] as CreationOptionsJson };
    },
    async findChallenge(id) {
      const challenge = id === undefined ? undefined : await store.challenges.find(id);
      if (challenge === undefined) throw new Error('there is no such challenge');
      return challenge;
    },
    events: () => store.audit.list(100),
    reasons: async () => (await store.audit.list(100)).filter(({ kind }) => kind === 'passkey_refused').map(({ detail }) => detail?.['reason']),
  };
  return scene;
}

/** What the method says of one ceremony of a member who was asked, with something other than it should be. */
export async function answerWith(scene: PasskeyScene, member: Member, ceremony: Partial<Ceremony> = {}): Promise<unknown> {
  const { context, challenge, options } = await scene.ask();
  const credential = member.authenticator.authenticate(options, { origin, ...ceremony });
  return scene.method.answer(context, challenge, { credential });
}
