import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UnsecuredJWT } from 'jose';
import { listen } from '../test/world.ts';
import { backendSignIn, type BackendSignIn, type BackendSignInOptions } from './backend-sign-in.ts';
import { BackendSignInError } from './backend-sign-in-error.ts';

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: unknown;
}

const endUser = { address: '203.0.113.7' };
const start = (portico: BackendSignIn): Promise<unknown> => portico.start({ kind: 'sign-in', end_user: endUser });

/** What a backend says of an answer, whoever gives it. */
async function against(answer: Answer, work: (portico: BackendSignIn, asked: Headers[]) => Promise<void>, options: Partial<BackendSignInOptions> = {}): Promise<void> {
  await using service = await listen();
  const asked: Headers[] = [];
  service.handler = (request, response) => {
    asked.push(new Headers(request.headers as Record<string, string>));
    response.writeHead(answer.status ?? 200, { 'Content-Type': answer.type ?? 'application/json', 'Location': 'http://127.0.0.1:1/' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}));
  };
  await work(backendSignIn({ issuer: service.url, clientId: 'notes backend', clientSecret: 'a:b c%', ...options }), asked);
}

const isFault = (code: string, status: number, retryAfterSeconds?: number) => (error: unknown): boolean => {
  assert.ok(error instanceof BackendSignInError);
  assert.deepEqual([error.code, error.status, error.retryAfterSeconds], [code, status, retryAfterSeconds]);
  assert.doesNotMatch(JSON.stringify(error) + error.message, /a:b c%/);
  return true;
};

describe('backendSignIn', () => {
  test('shows id and secret form-encoded, and says of itself nothing that a page would', async () => {
    await against({ status: 201, body: { step: 'identify', flow_handle: 'h' } }, async (portico, asked) => {
      assert.deepEqual(await portico.start({ kind: 'sign-in', end_user: endUser }), { handle: 'h', view: { step: 'identify' } });
      assert.equal(asked[0]?.get('Authorization'), `Basic ${Buffer.from('notes+backend:a%3Ab+c%25').toString('base64')}`);
      assert.deepEqual([asked[0]?.get('Origin'), asked[0]?.get('Sec-Fetch-Site')], [null, null]);
    });
  });

  test('a problem with a view is an answer, without one a fault with its code and its pause', async () => {
    const flow = { step: 'enter-code' };
    await against({ status: 422, type: 'application/problem+json', body: { code: 'code_wrong', status: 422, flow } }, async (portico) => {
      const { view, problem } = await portico.act('h', 'submit-answer', { answer: '1' });
      assert.deepEqual([view, problem?.code], [flow, 'code_wrong']);
    });
    await against({ status: 429, type: 'application/problem+json', body: { code: 'rate_limited', title: 'Too many', retry_after_seconds: 7 } }, async (portico) => {
      for (const call of [() => start(portico), () => portico.look('h'), () => portico.act('h', 'resend', {})]) await assert.rejects(call, isFault('rate_limited', 429, 7));
    });
    await against({ status: 400, body: { error: 'invalid_grant', error_description: 'gone' } }, async (portico) => {
      for (const call of [() => portico.authenticate('s'), () => portico.close('s')]) await assert.rejects(call, isFault('invalid_grant', 400));
    });
  });

  test('a password that is made up is judged: its faults are an answer, a wrong step is none', async () => {
    const errors = [{ path: 'password', code: 'password_too_short' }];
    await against({ body: { errors } }, async (portico, asked) => {
      assert.deepEqual(await portico.checkPassword('h', { password: 'kurz' }), errors);
      assert.equal(asked[0]?.get('Flow'), 'h');
    });
    await against({ status: 409, type: 'application/problem+json', body: { code: 'action_not_allowed', status: 409 } }, async (portico) => {
      await assert.rejects(portico.checkPassword('h', { password: 'kurz' }), isFault('action_not_allowed', 409));
    });
  });

  test('the answer to a puzzle goes beside the action, and not in it', async () => {
    await against({ status: 403, type: 'application/problem+json', body: { code: 'puzzle_required', status: 403, flow: { step: 'enter-code' }, puzzle: { kind: 'work', token: 't' } } }, async (portico, asked) => {
      const { problem } = await portico.act('h', 'submit-answer', { answer: '1' });
      assert.equal(problem?.puzzle?.token, 't');
      await portico.act('h', 'submit-answer', { answer: '1', puzzle_answer: 't.7' });
      assert.deepEqual(asked.map((headers) => [headers.get('Flow'), headers.get('Flow-Puzzle'), headers.get('Content-Length')]), [['h', null, '14'], ['h', 't.7', '14']]);
    });
  });

  test('what is no answer of a service is a service out of reach: a page, a redirect, nothing at all', async () => {
    for (const answer of [{ status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' }, { status: 200, type: 'text/html', body: '<h1>Welcome</h1>' }, { status: 302, body: '' }, { body: '{' }]) {
      await against(answer, async (portico, asked) => {
        await assert.rejects(start(portico), isFault('issuer_unreachable', 503));
        assert.equal(asked.length, 1, 'a redirect is not followed with the secret');
      });
    }
    const gone = backendSignIn({ issuer: 'http://127.0.0.1:1', clientId: 'x', clientSecret: 'y' });
    await assert.rejects(start(gone), isFault('issuer_unreachable', 503));
    const slow = { fetch: ((_: unknown, { signal }: RequestInit) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)))) as typeof fetch };
    await against({}, async (portico) => assert.rejects(start(portico), isFault('issuer_unreachable', 503)), { ...slow, timeoutSeconds: 0.05 });
  });

  test('an ID token of another issuer or client is nobody', async () => {
    for (const [iss, aud] of [['https://other.example', 'notes backend'], [undefined, 'another client']] as const) {
      await using service = await listen();
      const token = new UnsecuredJWT({}).setIssuer(iss ?? service.url).setAudience(aud).setSubject('ann').encode();
      service.handler = (_request, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ step: 'done', access_token: 'a', id_token: token, tokens: { id_token: token } }));
      const portico = backendSignIn({ issuer: service.url, clientId: 'notes backend', clientSecret: 'secret' });
      await assert.rejects(portico.authenticate('s'), isFault('answer_invalid', 503));
      await assert.rejects(portico.act('h', 'skip', {}), isFault('answer_invalid', 503));
    }
  });

  test('an unset secret, or an issuer that is no address, is a fault at start-up', () => {
    for (const change of [{ clientSecret: undefined }, { clientSecret: '' }, { issuer: 'login.example' }, { issuer: 'https://login.example/' }]) {
      assert.throws(() => backendSignIn({ issuer: 'https://login.example', clientId: 'x', clientSecret: 'y', ...change }), TypeError);
    }
  });
});
