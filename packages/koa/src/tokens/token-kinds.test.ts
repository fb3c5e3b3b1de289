import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pushRequest } from '../authorize/pushed-request.ts';
import { publicClient, startIssuer, type TestIssuer } from '../../test/start-issuer.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { checkLogout } from './check-logout.ts';
import { exchangeRefreshToken } from './exchange-refresh-token.ts';
import { introspectToken, type Introspection } from './introspect-token.ts';
import { readUserinfo } from './userinfo.ts';
import { verifyIdTokenHint } from './verify-id-token-hint.ts';

const kinds = ['code', 'accessToken', 'idToken', 'refreshToken', 'requestUri', 'requestUriSecret'] as const;
type Kind = (typeof kinds)[number];

async function issueEach(issuer: TestIssuer): Promise<Readonly<Record<Kind, string>>> {
  const tokens = await issuer.signIn();
  const { request_uri: requestUri } = await pushRequest({
    response_type: 'code', redirect_uri: 'https://shop.example/callback', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256',
  }, publicClient, issuer);
  return {
    code: await issuer.authorize(), accessToken: tokens.accessToken, idToken: tokens.idToken ?? '', refreshToken: tokens.refreshToken ?? '', requestUri, requestUriSecret: requestUri.split(':').at(-1) ?? '',
  };
}

/** A client that may ask, of the same name. Of an access token alone it hears what type it has. */
async function introspect(token: string, issuer: TestIssuer): Promise<Partial<Introspection & { readonly token_type: string }>> {
  return introspectToken(token, { ...publicClient, isPublic: false }, issuer);
}

/** Each verb takes one kind. Whether it took the secret that it was given. */
const verbs: Readonly<Record<string, { readonly takes: Kind; readonly run: (secret: string, issuer: TestIssuer) => Promise<unknown> }>> = {
  'the code exchange': { takes: 'code', run: (secret, issuer) => issuer.exchange(secret) },
  'the refresh exchange': { takes: 'refreshToken', run: (secret, issuer) => exchangeRefreshToken({ refreshToken: secret }, publicClient, issuer) },
  'userinfo': { takes: 'accessToken', run: (secret, issuer) => readUserinfo(secret, issuer) },
  'introspection, as an access token': { takes: 'accessToken', run: async (secret, issuer) => (await introspect(secret, issuer)).token_type },
  'introspection, as a refresh token': {
    takes: 'refreshToken',
    run: async (secret, issuer) => {
      const { active, token_type: type } = await introspect(secret, issuer);
      return active === true && type === undefined ? true : undefined;
    },
  },
  'the ID token hint': { takes: 'idToken', run: (secret, issuer) => verifyIdTokenHint(secret, issuer) },
  'logout': { takes: 'idToken', run: async (secret, issuer) => (await checkLogout({ idTokenHint: secret }, issuer)).sessionId },
};

describe('a secret serves one purpose', () => {
  for (const [name, { takes, run }] of Object.entries(verbs)) {
    for (const kind of kinds) {
      test(`${name} ${kind === takes ? 'takes' : 'refuses'} ${kind}`, async () => {
        const issuer = await startIssuer();
        const secrets = await issueEach(issuer);
        const wasTaken = await run(secrets[kind], issuer).then((result) => result !== undefined, (fault: unknown) => {
          assert.ok(fault instanceof OAuthError);
          return false;
        });
        assert.equal(wasTaken, kind === takes);
      });
    }
  }
});
