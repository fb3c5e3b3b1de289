/** The server of the guide on backend style, as it stands there, and calls of `backendSignIn` beside it. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { backendSignIn, BackendSignInError } from '@portico/client';
import { eventually } from '../stage/eventually.ts';
import { freePort } from '../stage/free-port.ts';
import { runServer, type RunServer } from '../stage/run-server.ts';
import { startApp } from '../stage/start-app.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

async function guideServer(): Promise<string> {
  const guide = await readFile(join(root, 'docs/guides/backend.md'), 'utf8');
  return /<!-- backend: server\.js -->\n```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
}

interface Shown {
  readonly view?: { readonly step: string };
  readonly problem?: string;
  readonly user?: string;
  readonly email?: string;
}

describe('the server of the guide on backend style', () => {
  let folder: string;
  let origin: string;
  let server: RunServer | undefined;
  let cookie = '';
  before(async () => {
    // Below this package, so that packages are found by their names.
    const cache = join(root, 'packages/e2e/node_modules/.cache');
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, 'backend-guide-'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    await writeFile(join(folder, 'server.js'), await guideServer());
    const port = await freePort();
    origin = `http://localhost:${port}`;
    server = await runServer({ args: ['server.js'], cwd: folder, env: { PORT: String(port), NODE_ENV: 'development' } });
  });
  after(async () => {
    await server?.end();
    await rm(folder, { recursive: true, force: true });
  });

  const call = async (method: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: Shown; readonly text: string }> => {
    const response = await fetch(`${origin}${path}`, { method, headers: { Cookie: cookie }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) cookie = set.split(';', 1)[0] ?? '';
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Shown) : {}, text };
  };

  const codeTo = (address: string): Promise<string> => eventually(`a code to ${address}`, async () => {
    const inbox = await (await fetch(`${origin}/auth/dev/inbox`)).text();
    return inbox.includes(address) ? /\b\d{6}\b/.exec(inbox.slice(inbox.indexOf(address)))?.[0] : undefined;
  });

  test('signs somebody in by a code, who stays signed in without a word, and out', async () => {
    const asked = await call('POST', '/sign-in', { email: 'ann@example.test' });
    assert.equal(asked.body.view?.step, 'enter-code', asked.text);
    const answer = await codeTo('ann@example.test');
    const wrong = await call('POST', '/act', { action: 'submit-answer', answer: answer === '000000' ? '000001' : '000000' });
    assert.deepEqual([wrong.status, wrong.body.view?.step, wrong.body.problem], [200, 'enter-code', 'code_wrong']);
    const done = await call('POST', '/act', { action: 'submit-answer', answer });
    assert.equal(done.body.view?.step, 'done', done.text);
    assert.match(done.body.user ?? '', /^[\w-]{20,}$/);
    for (const { text } of [asked, wrong, done]) assert.doesNotMatch(text, /token|session_id|handle/);
    assert.deepEqual((await call('GET', '/me')).body, { email: 'ann@example.test' });
    assert.equal((await call('POST', '/sign-out', {})).status, 200);
    assert.equal((await call('GET', '/me')).status, 401);
  });

  test('says what the service says of a flow that is none, and of a client that is none', async () => {
    assert.deepEqual((await call('POST', '/act', { action: 'resend' })).status, 409);
    const stranger = backendSignIn({ issuer: `${origin}/auth`, clientId: 'notes-backend', clientSecret: 'not the secret of this client' });
    const isRefused = (code: string, status: number) => (error: unknown): boolean => error instanceof BackendSignInError && error.code === code && error.status === status;
    await assert.rejects(stranger.start({ kind: 'sign-in', end_user: { address: '203.0.113.7' } }), isRefused('client_refused', 401));
    await assert.rejects(stranger.authenticate('x'), isRefused('invalid_client', 401));
    const member = backendSignIn({ issuer: `${origin}/auth`, clientId: 'notes-backend', clientSecret: 'for development only, 32 characters' });
    await assert.rejects(member.look('x'), isRefused('flow_unknown', 401));
    await assert.rejects(member.start({ kind: 'step-up', end_user: { address: '203.0.113.7' }, session_id: 'x' }), isRefused('unauthorized', 401));
    await assert.rejects(member.authenticate('x'), isRefused('invalid_grant', 400));
    await member.close('x');
  });
});

describe('backendSignIn', () => {
  test('tells what a session lacks, and adds it in a flow of its own', async () => {
    const app = await startApp({ backendStyle: true });
    try {
      const portico = backendSignIn({ issuer: `${app.origin}/auth`, clientId: 'web', clientSecret: 'a-secret-that-only-this-story-knows-of' });
      const end_user = { address: '203.0.113.7', user_agent: 'kiosk' };
      const { handle } = await portico.start({ kind: 'sign-up', end_user, create_new_user: true, scope: 'openid email' });
      await portico.act(handle, 'submit-identifier', { identifier: 'mia@example.test' });
      const { view, user } = await portico.act(handle, 'submit-answer', { answer: await app.codeTo('mia@example.test') });
      assert.ok(view.step === 'done' && 'session_id' in view && view.session_id !== undefined);
      assert.equal(user?.['email'], 'mia@example.test');
      assert.ok('tokens' in (await portico.authenticate(view.session_id)));
      assert.deepEqual(await portico.authenticate(view.session_id, { max_age: 0 }), { lacks: { max_age: 0 } });
      const stepUp = await portico.start({ kind: 'step-up', end_user, session_id: view.session_id, max_age: 0 });
      assert.equal(stepUp.view.step, 'choose-method');
      await portico.act(stepUp.handle, 'choose-method', { method: 'email-code' });
      const again = await portico.act(stepUp.handle, 'submit-answer', { answer: await app.codeTo('mia@example.test', 2) });
      assert.deepEqual([again.view.step, again.user?.sub], ['done', user?.sub]);
      assert.equal((await portico.look(stepUp.handle)).user, undefined);
      await portico.close(view.session_id);
      await assert.rejects(portico.authenticate(view.session_id), { code: 'invalid_grant' });
    } finally {
      await app.stop();
    }
  });
});
