/**
 * Sign in with Apple: the answer comes by a form from another site, the secret is a token that we sign, the name comes the
 * first time only and through the browser, and the issuer has changed its name.
 */
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { Clock } from '../../../ports/clock.ts';
import type { Answered, Profile, Provider } from '../provider.ts';
import { askingFor, complete, type Complete, type ProviderClientOptions } from './client-options.ts';
import { saysYes } from './open-id-profile.ts';

/** What a host has registered at Apple. */
export interface AppleOptions extends Omit<ProviderClientOptions, 'clientSecret'> {
  /** The Services ID. */
  readonly clientId: string | undefined;
  readonly teamId: string | undefined;
  readonly keyId: string | undefined;
  /** The key's `.p8` file, PEM. */
  readonly privateKey: string | undefined;
}

const issuer = 'https://appleid.apple.com';
const secretSeconds = 300;

const needed = ['clientId', 'teamId', 'keyId', 'privateKey'] as const;
const known = { clientId: true, teamId: true, keyId: true, privateKey: true, id: true, name: true, keepTokens: true, moreScope: true } as const;
type CompleteApple = Complete<AppleOptions, (typeof needed)[number]>;

/** @throws {Error} if something is missing, or the private key cannot be read */
export function apple(given: AppleOptions): Provider {
  const options = complete(given, { provider: 'apple', needed, known });
  const { clientId, id = 'apple', name = 'Apple' } = options;
  const key = createPrivateKey(options.privateKey);
  return {
    id, name, clientId, issuer, brand: 'apple',
    whereabouts: { discovery: issuer, alsoKnownAs: ['https://account.apple.com'] },
    authenticate: (clock) => (_server, _client, body) => {
      body.set('client_id', clientId);
      body.set('client_secret', signSecret(options, key, clock));
    },
    ...askingFor(options, 'openid email name'),
    // Apple gives name and address by no other way.
    parameters: { response_mode: 'form_post' },
    hasNonce: true,
    readProfile: (answered) => Promise.resolve({
      subject: answered.claims?.['sub'],
      email: answered.claims?.['email'],
      isEmailVerified: saysYes(answered.claims?.['email_verified']),
      ...postedNames(answered),
    }),
  };
}

/** The client secret as Apple wants it: a JWT, ES256 (RFC 7518, section 3.4: r and s side by side). */
function signSecret({ teamId, keyId, clientId }: CompleteApple, key: KeyObject, clock: Clock): string {
  const issuedAt = Math.floor(clock.now().getTime() / 1_000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = part({ alg: 'ES256', kid: keyId });
  const text = `${head}.${part({ iss: teamId, sub: clientId, aud: issuer, iat: issuedAt, exp: issuedAt + secretSeconds })}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** Sent once, the first time, and by the browser: good enough to greet somebody with. */
function postedNames({ posted }: Answered): Pick<Profile, 'name' | 'givenName' | 'familyName'> {
  try {
    const { name } = JSON.parse(posted['user'] ?? '{}') as { readonly name?: { readonly firstName?: unknown; readonly lastName?: unknown } };
    return { name: [name?.firstName, name?.lastName].filter((part) => typeof part === 'string').join(' '), givenName: name?.firstName, familyName: name?.lastName };
  } catch {
    return {};
  }
}
