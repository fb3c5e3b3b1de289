import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { emailProof, publicClient, startIssuer, verifier } from '../../test/start-issuer.ts';
import type { Proof } from '../model/proof.ts';
import { exchangeCode } from '../tokens/exchange-code.ts';
import { checkRequest } from './check-request.ts';
import { issueCode } from './issue-code.ts';

const later = (seconds: number): Date => new Date(emailProof.provedAt.getTime() + seconds * 1_000);
const passkey: Proof = { method: 'passkey', provedAt: later(30), amr: ['swk', 'user'], isPhishingResistant: true, isMultiFactor: true };

describe('what a code carries', () => {
  test('amr, acr and auth_time of the session reach the tokens', async () => {
    const issuer = await startIssuer();
    const session = await issuer.openSession('session-2', [emailProof, passkey]);
    issuer.advance(40);
    const request = checkRequest({
      response_type: 'code', redirect_uri: 'https://shop.example/callback', scope: 'openid', acr_values: 'mfa',
      code_challenge: await challengeOf(verifier), code_challenge_method: 'S256',
    }, publicClient);
    const code = await issueCode({ session, client: publicClient, request, isNewUser: false }, issuer);
    const { idToken = '', accessToken } = await exchangeCode({ code, redirectUri: request.redirectUri, pkceVerifier: verifier }, publicClient, issuer);
    for (const token of [idToken, accessToken]) {
      const { amr, acr, auth_time: authTime, sid } = decodeJwt(token);
      assert.deepEqual({ amr, acr, authTime, sid }, { amr: ['email', 'otp', 'swk', 'user', 'mfa'], acr: 'mfa', authTime: later(30).getTime() / 1_000, sid: 'session-2' });
    }
  });

  test('it is audited without the code', async () => {
    const issuer = await startIssuer();
    const code = await issuer.authorize();
    const [event] = await issuer.store.audit.list(1);
    assert.equal(event?.kind, 'code_issued');
    assert.equal(JSON.stringify(event).includes(code), false);
  });
});

async function challengeOf(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('base64url');
}
