import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { Backend, backendClients } from './backend-scene.ts';
import { Browser, isProblem } from './browser.ts';
import { engines } from './engines.ts';
import { goodPassword, otherPassword, signUp, startWithPasswords, tryPassword } from './password-scene.ts';
import { startPortico, type Portico } from './start-portico.ts';

for (const engine of engines) {
  describe(`what no database and no parser takes (${engine})`, () => {
    let service: Portico;
    before(async () => {
      service = await startPortico({ engine, clients: backendClients });
    });
    after(() => service.close());

    test('a NUL character in a parameter is refused at every address', async () => {
      for (const path of ['/authorize?client_id=a%00b', '/login?client_id=a%00b', '/recover?client_id=a%00b', '/preferences?client_id=a%00b', '/logout?client_id=a%00b', '/authorize?a%00b=1']) {
        const { status, text } = await new Browser(service).fetch(path);
        assert.equal(status, 400, `${path}: ${text}`);
      }
      for (const path of ['/token', '/par', '/revoke', '/introspect', '/sessions/authenticate', '/sessions/close', '/authorize', '/link', '/approve', '/not-me', '/logout']) {
        const { status, text } = await new Browser(service).postForm(path, { client_id: 'a\u0000b', secret: 'x' });
        assert.equal(status, 400, `${path}: ${text}`);
      }
    });

    test('a NUL character in JSON is refused by its field', async () => {
      const browser = new Browser(service);
      const reply = await browser.post('/flows', { kind: 'sign-in', client_id: 'a\u0000b' });
      assert.deepEqual(isProblem(reply, 400, 'field_invalid').errors, [{ path: 'client_id', code: 'field_invalid' }]);
      isProblem(await browser.post('/flows', { kind: 'sign-in', client_id: 'notes-web', 'a\u0000': 1 }), 400, 'field_unknown');
      await browser.startFlow();
      isProblem(await browser.act('submit-identifier', { identifier: 'a\u0000@example.test' }), 400, 'field_invalid');
      isProblem(await browser.act('submit-passkey', { credential: { id: 'x', response: { userHandle: '\u0000' } } }), 400, 'field_invalid');
    });

    test('a NUL character is nothing of a backend’s either', async () => {
      const backend = new Backend(service);
      isProblem(await backend.start({ session_id: 'a\u0000b' }), 400, 'field_invalid');
      isProblem(await backend.start({ end_user: { address: '203.0.113.1\u0000' } }), 400, 'field_invalid');
      isProblem(await backend.start({ login_hint: 'a\u0000' }), 400, 'field_invalid');
      assert.equal((await backend.authenticate('a\u0000b')).status, 400);
      assert.equal((await backend.close('a\u0000b')).status, 400);
    });

    test('a NUL character is nothing of a password either, nor of a name that a host gives', async () => {
      const passwords = await startWithPasswords({ engine });
      try {
        const browser = await signUp(passwords, 'nul@example.test');
        const change = { client_id: 'notes-web', current_password: goodPassword, new_password: otherPassword };
        for (const field of Object.keys(change)) {
          const reply = await browser.post('/account/v1/password', { ...change, [field]: 'ein Wal\u0000 und drei Lampen' });
          assert.deepEqual(isProblem(reply, 400, 'field_invalid').errors, [{ path: field, code: 'field_invalid' }]);
        }
        assert.equal(await passwords.auth.demandNewPassword({ owner: { email: 'a\u0000@example.test' }, demandedBy: 'ops' }), false);
        const owner = { email: 'nul@example.test' };
        await assert.rejects(passwords.auth.demandNewPassword({ owner, demandedBy: 'o\u0000ps' }), /demandedBy/);
        await assert.rejects(passwords.auth.giveTemporaryPassword({ owner, issuedBy: 'o\u0000ps' }), /issuedBy/);
        await assert.rejects(passwords.auth.setUsername({ owner, username: 'n\u0000ul', by: 'ops' }), { code: 'username_malformed' });
        await assert.rejects(passwords.auth.setUsername({ owner, username: 'nul', by: 'o\u0000ps' }), /by/);
        assert.equal(await passwords.auth.setUsername({ owner: { username: 'n\u0000ul' }, username: 'nul', by: 'ops' }), 'no_such_user');
        assert.equal((await tryPassword(passwords, 'nul@example.test', goodPassword)).status, 200);
      } finally {
        await passwords.close();
      }
    });

    test('a NUL character in a path or in the name of a client is nothing that there is', async () => {
      const browser = new Browser(service);
      await browser.signIn('nul@example.test');
      isProblem(await browser.fetch('/account/v1/sessions/a%00b', { method: 'DELETE' }), 404, 'not_found');
      isProblem(await browser.fetch('/account/v1/devices/a%00b', { method: 'DELETE' }), 404, 'not_found');
      assert.equal((await browser.fetch('/link/a%00b')).status, 404);
      assert.equal((await browser.fetch('/not-me/a%00b')).status, 404);
      const basic = Buffer.from('a%00b:secret').toString('base64');
      assert.equal((await browser.postForm('/token', { grant_type: 'authorization_code' }, { Authorization: `Basic ${basic}` })).status, 401);
    });

    test('a name that is shown has no character that cannot be seen', async () => {
      const browser = new Browser(service);
      await browser.startFlow();
      for (const name of ['Mia\u202Egnp', 'Mia\r\nBcc: x', 'Mia\u200B', '\uD800']) {
        isProblem(await browser.act('choose-method', { method: 'passkey', display_name: name }), 400, 'field_invalid');
      }
    });

    test('a target that is no address is a bad request, and no fault of ours', async () => {
      const { hostname, port } = new URL(service.address);
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => socket.write('GET http://[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'));
        let text = '';
        socket.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => resolve(text)).on('error', reject);
      });
      assert.match(answer, /^HTTP\/1\.1 400 /);
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}
