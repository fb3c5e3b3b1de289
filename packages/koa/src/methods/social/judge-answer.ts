import { authorizationCodeGrant, fetchUserInfo, type Configuration, type TokenEndpointResponse } from 'openid-client';
import type { Sealed } from '../../model/ids.ts';
import type { Profile as PersonProfile } from '../../model/user.ts';
import { readUpstream, type Call } from './call-upstream.ts';
import type { Answered, Profile, Provider } from './provider.ts';
import type { QuestionSecrets } from './question.ts';
import { ProviderRefusal, raise, tokenRefusalOf } from './refusal.ts';

/** Whom a provider means, read and checked; the address is as the provider wrote it. */
export interface Visitor extends PersonProfile {
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  readonly email?: string;
  readonly isEmailVerified: boolean;
  /** Where the host has them kept. */
  readonly sealedTokens?: Sealed;
}

/** Who came, and what the provider gave for its own API. */
export interface Judged {
  readonly visitor: Visitor;
  readonly tokens: TokenEndpointResponse;
}

/** An answer on its way to be judged. */
export interface Arrived {
  readonly provider: Provider;
  readonly secrets: QuestionSecrets;
  /** The one address that this provider was told to come back to. */
  readonly redirectUri: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface JudgeDeps {
  readonly configuration: Configuration;
  readonly call: Call;
}

/** What the protocol itself sends back. The rest of what came is the provider's own. */
const ofProtocol = new Set(['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'session_state']);

/**
 * Exchanges the code and reads who came. state and `iss` (RFC 9207), then the code with PKCE and the redirect URI, then the
 * ID token: signature, `iss`, `aud`, `azp`, times and nonce (OpenID Connect Core, section 3.1.3.7); only then the profile.
 */
export async function judgeAnswer(arrived: Arrived, deps: JudgeDeps): Promise<Judged> {
  const { provider, secrets, redirectUri, parameters } = arrived;
  const address = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) if (ofProtocol.has(name)) address.searchParams.set(name, value);
  const isOpenId = 'discovery' in provider.whereabouts;
  const tokens = await authorizationCodeGrant(deps.configuration, address, {
    expectedState: secrets.state,
    pkceCodeVerifier: secrets.codeVerifier,
    ...(isOpenId ? { idTokenExpected: true } : {}),
    ...(provider.hasNonce ? { expectedNonce: secrets.nonce } : {}),
  }).catch((thrown: unknown) => raise(tokenRefusalOf(thrown)));
  if (tokens.id_token !== undefined) await provider.verifyIdToken?.(tokens.id_token);
  const claims = isOpenId ? tokens.claims() : undefined;
  const answered: Answered = {
    claims,
    body: tokens,
    clientId: provider.clientId,
    posted: Object.fromEntries(Object.entries(parameters).filter(([name]) => !ofProtocol.has(name))),
    readUserinfo: () => fetchUserInfo(deps.configuration, tokens.access_token, claims?.sub ?? ''),
    read: (url) => readUpstream(url, tokens.access_token, deps.call),
  };
  return { visitor: visitorOf(await provider.readProfile(answered), provider), tokens };
}

function visitorOf({ subject, issuer, email, isEmailVerified, ...names }: Profile, provider: Provider): Visitor {
  const address = typeof email === 'string' && email !== '' ? email : undefined;
  return {
    provider: provider.id,
    issuer: issuer ?? provider.issuer,
    subject: subjectOf(subject),
    ...(address === undefined ? {} : { email: address }),
    isEmailVerified: address !== undefined && isEmailVerified,
    ...namesOf(names),
  };
}

/**
 * The provider's name of the account. An error body that was taken for a profile has none, and whoever came with nothing
 * would share one account with everybody who comes with nothing (GHSA-5hvv-9cqv-894r).
 */
function subjectOf(subject: unknown): string {
  if (typeof subject === 'number' && Number.isSafeInteger(subject) && subject > 0) return String(subject);
  if (typeof subject === 'string' && /^[\x21-\x7e]{1,255}$/.test(subject) && !['0', 'null', 'undefined', 'NaN'].includes(subject)) return subject;
  throw new ProviderRefusal('provider_answer_invalid', 'subject_missing');
}

function namesOf({ name, givenName, familyName }: Pick<Profile, 'name' | 'givenName' | 'familyName'>): PersonProfile {
  const entries = Object.entries({ name, givenName, familyName }).map(([key, value]) => [key, nameOf(value)] as const);
  return Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

const longestName = 64;

/** As much of a name as others may be shown: nothing that cannot be seen, or that turns the text around it. */
function nameOf(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined;
  const seen = [...name.normalize('NFC').replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim()].slice(0, longestName).join('').trim();
  return seen === '' ? undefined : seen;
}
