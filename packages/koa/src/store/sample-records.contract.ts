/** Records for the contract suite, each complete and each new. */
import type { Challenge, NewChallenge } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';
import type { AuthorizationCode, Grant, RefreshToken } from '../model/grant.ts';
import type { Identity } from '../model/identity.ts';
import type { CanonicalEmail, CanonicalPhone, CanonicalUsername, Digest, Sealed, UserId } from '../model/ids.ts';
import type { QueuedMail } from '../model/mail.ts';
import type { Passkey } from '../model/passkey.ts';
import type { Password } from '../model/password.ts';
import type { RecoveryCode } from '../model/recovery-code.ts';
import type { Totp } from '../model/totp.ts';
import type { Proof } from '../model/proof.ts';
import type { Session } from '../model/session.ts';
import type { SigningKey } from '../model/signing-key.ts';
import type { NewUser } from '../model/user.ts';
import type { PushedRequest } from '../ports/pushed-requests.ts';
import type { Store } from '../ports/store.ts';

export const now = new Date('2030-01-01T00:00:00.000Z');

/** Long ago, where other tests have nothing. */
export const past = new Date('2001-01-01T00:00:00.000Z');

export function after(seconds: number, moment: Date = now): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

let counter = 0;

/** A text that nobody else has, as whatever is asked for. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a brand that the caller names, in tests alone
export function fresh<Text extends string>(kind: string): Text {
  counter += 1;
  return `${kind}-${counter}` as Text;
}

export const digest = (): Digest => fresh<Digest>('digest');

export const origin = { browser: 'Firefox on Windows', address: '192.0.2.7', place: 'Lyon, France' };

export function proof(changes: Partial<Proof> = {}): Proof {
  return {
    method: 'email-code', provedAt: after(-5), amr: ['otp'], isPhishingResistant: false, isMultiFactor: false,
    email: fresh<CanonicalEmail>('proof@example.org'), ...changes,
  };
}

export function user(changes: Partial<NewUser> = {}): NewUser {
  const canonical = fresh<CanonicalEmail>('ann@example.org');
  return {
    id: fresh('user'), status: 'active', name: 'Ann', givenName: 'Ann', familyName: 'Dubois', language: 'fr', email: { typed: canonical.toUpperCase(), canonical },
    phone: { typed: '06 …', canonical: fresh<CanonicalPhone>('+336') },
    username: { typed: 'Ada', canonical: fresh<CanonicalUsername>('ada') },
    createdAt: now, updatedAt: now, ...changes,
  };
}

export async function storedUser(store: Store): Promise<NewUser> {
  const record = user();
  await store.users.insert(record);
  return record;
}

export function passkey(userId: UserId, changes: Partial<Passkey> = {}): Passkey {
  return {
    id: fresh('passkey'), userId, rpId: 'orders.example', publicKey: 'pQECAyYgASFYIA', algorithm: -7, counter: 0,
    transports: ['internal', 'hybrid'], isBackupEligible: true, isBackedUp: false, isUserVerified: true,
    aaguid: '00000000-0000-0000-0000-000000000000', attestationFormat: 'none', nickname: 'Laptop', createdAt: now, ...changes,
  };
}

export function totp(userId: UserId, changes: Partial<Totp> = {}): Totp {
  return {
    id: fresh('totp'), userId, sealedSecret: fresh<Sealed>('secret'), algorithm: 'SHA256', digits: 8, periodSeconds: 30, lastUsedStep: 41_152_263,
    createdAt: now, ...changes,
  };
}

export function recoveryCode(userId: UserId): RecoveryCode {
  return { id: fresh('recovery-code'), userId, sealedDigest: fresh<Sealed>('digest'), createdAt: now };
}

/** With every optional field. */
export function password(userId: UserId, changes: Partial<Password> = {}): Password {
  return { userId, sealedHash: fresh<Sealed>('hash'), setAt: after(-7), ...changes };
}

export function identity(userId: UserId, changes: Partial<Identity> = {}): Identity {
  return { issuer: 'https://provider.example', subject: fresh('subject'), userId, provider: 'corp', linkedAt: after(-3), ...changes };
}

export function flow(changes: Partial<Flow> = {}): Flow {
  return {
    id: fresh('flow'), handleDigest: digest(), kind: 'sign-in', appId: fresh('app'), clientId: fresh('client'),
    step: 'identify', version: 0, typedIdentifier: 'Ann@Example.org', email: fresh('ann@example.org'), mayCreateUser: true,
    proofs: [proof()], userId: fresh('user'), isNewUser: false, knownSessionId: fresh('session'),
    request: {
      redirectUri: 'https://orders.example/callback', scopes: ['openid'], state: 'a\u0000b', nonce: 'n', pkceChallenge: 'p',
      resources: [], claims: { idToken: { email: null, acr: { essential: true, values: ['1', '2'] } }, userinfo: {} },
      acrValues: [], maxAgeSeconds: 60, prompts: ['login'], loginHint: '2030-01-01T00:00:00.000Z', uiLocales: ['fr'],
      wantsNewUser: false,
    },
    browserDigest: digest(), origin, language: 'fr', challenges: { 'email-code': fresh('challenge'), enroll: fresh('challenge') },
    matchNumber: '42', mail: { resendsLeft: 3, resendAt: after(30) },
    blocked: { reason: 'too_many_attempts', until: after(60) }, 
    hasSettledProfile: true,
    leaving: { provider: 'corp', problem: 'provider_cancelled' },
    upstream: { provider: 'corp', issuer: 'https://provider.example', subject: '1', isEmailVerified: false, answeredAt: after(3) },
    linking: { provider: 'corp', issuer: 'https://provider.example', subject: '2', isEmailVerified: true, email: { typed: 'A@b.example', canonical: fresh('a@b.example') }, name: 'Ann', givenName: 'Ann', answeredAt: after(4) },
    hasSkippedEnrollment: false, consent: 'given',
    sessionId: fresh('session'), redirectTo: fresh('sealed'), createdAt: now, expiresAt: after(600), finishedAt: after(5),
    ...changes,
  };
}

export async function storedFlow(store: Store): Promise<Flow> {
  const record = flow();
  await store.flows.insert(record);
  return record;
}

export function challenge(flowId: Flow['id'], changes: Partial<NewChallenge> = {}): NewChallenge {
  return {
    id: fresh('challenge'), flowId, clientId: fresh('client'), method: 'email-code', purpose: 'prove',
    secretDigest: digest(), email: fresh('ann@example.org'), detail: { sentAs: 'both', tries: [1, 2] }, attemptsLeft: 5,
    createdAt: now, expiresAt: after(600), ...changes,
  };
}

export async function storedChallenge(store: Store, changes: Partial<NewChallenge> = {}): Promise<Challenge> {
  const { id } = await storedFlow(store);
  const record = challenge(id, changes);
  await store.challenges.insert(record);
  return record;
}

export function session(userId: UserId, changes: Partial<Session> = {}): Session {
  return {
    id: fresh('session'), secretDigest: digest(), userId, proofs: [proof()], origin, deviceId: fresh('device'), createdAt: now, lastUsedAt: now,
    idleExpiresAt: after(3600), expiresAt: after(86_400), ...changes,
  };
}

export async function storedSession(store: Store, changes: Partial<Session> = {}): Promise<Session> {
  const { id } = await storedUser(store);
  const record = session(id, changes);
  await store.sessions.insert(record);
  return record;
}

export async function storedGrant(store: Store, changes: Partial<Grant> = {}, usefulUntil?: Date): Promise<Grant> {
  const { id: sessionId, userId } = await storedSession(store);
  const record: Grant = {
    id: fresh('grant'), userId, clientId: fresh('client'), sessionId, scopes: ['openid', 'offline_access'],
    resources: ['https://api.orders.example'], claims: { idToken: {}, userinfo: { email: { essential: true } } }, nonce: 'n',
    authenticatedAt: after(-10), amr: ['otp'], acr: 'urn:portico:acr:1fa' as Grant['acr'], isNewUser: false, createdAt: now,
    ...changes,
  };
  await store.grants.insert(record, usefulUntil);
  return record;
}

export async function storedCode(store: Store, changes: Partial<AuthorizationCode> = {}): Promise<AuthorizationCode> {
  const { id, clientId } = await storedGrant(store);
  const record: AuthorizationCode = {
    digest: digest(), grantId: id, clientId, redirectUri: 'https://orders.example/callback', pkceChallenge: 'challenge',
    createdAt: now, expiresAt: after(60), ...changes,
  };
  await store.authorizationCodes.insert(record);
  return record;
}

export async function storedToken(store: Store, changes: Partial<RefreshToken> = {}): Promise<RefreshToken> {
  const { id, clientId } = await storedGrant(store);
  const record: RefreshToken = { digest: digest(), grantId: id, clientId, createdAt: now, expiresAt: after(3600), ...changes };
  await store.refreshTokens.insert(record);
  return record;
}

export function successorOf(token: RefreshToken): RefreshToken & { readonly sealed: Sealed } {
  return {
    digest: digest(), grantId: token.grantId, clientId: token.clientId, parentDigest: token.digest, createdAt: now,
    expiresAt: after(3600), sealed: fresh<Sealed>('sealed'),
  };
}

export async function storedRequest(store: Store, changes: Partial<PushedRequest> = {}): Promise<PushedRequest> {
  const record: PushedRequest = {
    digest: digest(), clientId: fresh('client'), parameters: { scope: 'openid', resource: ['https://a.example', 'https://b.example'] },
    createdAt: now, expiresAt: after(60), ...changes,
  };
  await store.pushedRequests.insert(record);
  return record;
}

export function signingKey(changes: Partial<SigningKey> = {}): SigningKey {
  return {
    kid: fresh('kid'), algorithm: 'ES256', publicJwk: '{"kty":"EC"}', privateJwk: fresh<Sealed>('sealed'), createdAt: now,
    signsFrom: after(60), ...changes,
  };
}

export function queuedMail(changes: Partial<QueuedMail> = {}): QueuedMail {
  return {
    id: fresh('mail'), challengeId: fresh('challenge'), sealed: fresh<Sealed>('sealed'), attempts: 0, createdAt: now,
    nextAttemptAt: now, expiresAt: after(600), ...changes,
  };
}
