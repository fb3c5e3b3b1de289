import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { Browser } from './browser.ts';
import { relyingParty } from './relying-party.ts';
import { startPortico, type Portico } from './start-portico.ts';

const evil = 'evil.example';

/** Everything that somebody between us and the browser may have written, or that the browser's visitor did. */
const hostile: readonly Readonly<Record<string, string>>[] = [
  { Host: evil },
  { Host: `${evil}:443` },
  { Host: `localhost@${evil}` },
  { Host: 'localhost', 'X-Forwarded-Host': evil },
  { Host: 'localhost', 'X-Forwarded-Host': `localhost, ${evil}` },
  { Host: 'localhost', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '8443' },
  { Host: 'localhost', 'X-Forwarded-Server': evil, 'X-Host': evil, 'X-Original-Host': evil },
  { Host: 'localhost', Forwarded: `for=203.0.113.9;host=${evil};proto=https` },
  { Host: 'localhost', 'X-Original-URL': '/evil', 'X-Rewrite-URL': '/evil', 'X-Forwarded-Prefix': '/evil', 'X-Forwarded-Path': '/evil' },
  { Host: 'localhost', 'X-HTTP-Method-Override': 'DELETE', 'X-Forwarded-Scheme': 'javascript' },
];

interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

interface RawRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `fetch` lets nobody write `Host`. */
function send(service: Portico, line: string, { headers, body }: RawRequest): Promise<RawReply> {
  const [method = '', path = ''] = line.split(' ');
  const { hostname, port } = new URL(service.address);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: { ...headers } }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }));
    });
    sent.on('error', reject).end(body);
  });
}

describe('the default configuration', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  let people = 0;
  for (const headers of hostile) {
    test(`${JSON.stringify(headers)} changes no address that we write, and not the caller's`, async () => {
      const email = `host-${(people += 1)}@example.test`;
      const json = { ...headers, 'Content-Type': 'application/json' };
      const party = relyingParty(service);
      const started = await send(service, 'POST /auth/flows', { headers: json, body: JSON.stringify({ ...party.request, kind: 'sign-in', create_new_user: true }) });
      assert.equal(started.status, 201, started.text);
      const { flow_handle: handle } = JSON.parse(started.text) as { flow_handle: string };
      const flow = { ...json, Flow: handle };
      const asked = await send(service, 'POST /auth/flow/submit-identifier', { headers: flow, body: JSON.stringify({ identifier: email }) });
      await service.deliver();
      const mail = service.inbox.last(email);
      const code = service.inbox.lastCode(email);
      const answered = await send(service, 'POST /auth/flow/submit-answer', { headers: flow, body: JSON.stringify({ answer: code }) });
      const skipped = await send(service, 'POST /auth/flow/skip', { headers: flow, body: '{}' });
      const done = JSON.parse(skipped.text) as { redirect_to: string };
      assert.ok(done.redirect_to.startsWith(`${party.redirectUri}?code=`));
      assert.equal(new URL(done.redirect_to).searchParams.get('iss'), service.issuer);
      assert.ok(service.inbox.lastLink(email)?.startsWith(`${service.issuer}/link/`));
      const metadata = await send(service, 'GET /auth/.well-known/openid-configuration', { headers });
      assert.equal((JSON.parse(metadata.text) as { issuer: string }).issuer, service.issuer);
      const query = new URLSearchParams(party.request).toString();
      const login = await send(service, `GET /auth/authorize?${query}`, { headers });
      assert.match(String(login.headers['location']), /^\/auth\/login\?/);
      const page = await send(service, `GET ${String(login.headers['location'])}`, { headers });
      assert.ok(page.text.includes(`issuer="${service.issuer}"`));
      const link = await send(service, 'GET /auth/link/x', { headers });
      const everything = [started, asked, answered, skipped, metadata, login, page, link].map(({ headers: sent, text }) => JSON.stringify(sent) + text).join('\n');
      assert.doesNotMatch(everything + mail?.text + (mail?.html ?? ''), /evil|javascript:/);
      assert.ok(`${mail?.text}`.includes('127.0.0.1'), mail?.text);
      for (const reply of [started, asked, answered]) for (const line of [reply.headers['set-cookie'] ?? []].flat()) assert.doesNotMatch(line, /Domain/i);
    });
  }
});

describe('whose word counts for the caller’s address', () => {
  const addressSeen = async (trustedProxies: readonly string[], headers: Record<string, string>): Promise<string> => {
    const service = await startPortico({ auth: { trustedProxies } });
    try {
      await new Browser(service).signIn('mia@example.test');
      service.clock.advance(31);
      const entered = new Browser(service);
      const started = await entered.post('/flows', { kind: 'sign-in', client_id: 'notes-web' }, headers);
      entered.handle = started.body.flow_handle ?? '';
      await entered.act('submit-identifier', { identifier: 'mia@example.test' });
      await service.deliver();
      await entered.typeCode('mia@example.test');
      const { sessions } = (await entered.fetch('/account/v1/sessions')).body as { sessions: readonly { is_current: boolean; address: string }[] };
      return sessions.find(({ is_current: isCurrent }) => isCurrent)?.address ?? '';
    } finally {
      await service.close();
    }
  };
  const isHere = /^(::ffff:)?127\.0\.0\.1$/;

  test('with no trusted proxy it is the connection’s, whatever a header says', async () => {
    assert.match(await addressSeen([], { 'X-Forwarded-For': '203.0.113.9', Forwarded: 'for=203.0.113.9', 'X-Real-IP': '203.0.113.9' }), isHere);
  });

  test('a trusted proxy’s word counts, and no further than trust goes', async () => {
    assert.equal(await addressSeen(['loopback'], { 'X-Forwarded-For': '198.51.100.7, 203.0.113.9' }), '203.0.113.9');
    assert.equal(await addressSeen(['loopback', '203.0.113.0/24'], { 'X-Forwarded-For': '198.51.100.7, 203.0.113.9' }), '198.51.100.7');
  });

  test('a word that makes no sense opens nothing', async () => {
    assert.ok((await addressSeen(['loopback'], { 'X-Forwarded-For': 'unknown, <script>' })).length > 0);
  });
});
