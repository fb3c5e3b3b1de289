/** What npm would publish, in an empty folder, with the README's quick start pasted into it. */
import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { simpleParser } from 'mailparser';
import type { Browser } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { eventually } from '../stage/eventually.ts';
import { freePort } from '../stage/free-port.ts';
import { invite, openBrowser } from '../stage/open-browser.ts';
import { askForMail, typeCodeAndReturn } from '../stage/sign-in.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const packages = ['contract', 'login', 'koa', 'guard', 'client'] as const;
const run = promisify(execFile);

/** The tarballs of the packages check, or made now. */
async function tarballs(): Promise<readonly string[]> {
  const folder = join(root, '.cache/packages');
  await mkdir(folder, { recursive: true });
  return Promise.all(packages.map((name) => tarball(folder, name)));
}

async function tarball(folder: string, name: string): Promise<string> {
  const path = join(folder, `${name}.tgz`);
  const isThere = await access(path).then(() => true, () => false);
  if (!isThere) await run('npx', ['-y', 'pnpm@12.4.2', 'pack', '--out', path], { cwd: join(root, 'packages', name) });
  return path;
}

async function quickStart(): Promise<string> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  return /<!-- quick-start: server\.js -->\n```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
}

interface CaughtMail {
  readonly to: string;
  readonly text: string;
}

async function startMailServer(caught: CaughtMail[]): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      simpleParser(stream).then(({ text = '' }) => {
        caught.push({ to: session.envelope.rcptTo[0]?.address ?? '', text });
        done();
      }, done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

describe('the quick start of the README, from packed packages', () => {
  const caught: CaughtMail[] = [];
  let folder: string;
  let browser: Browser;
  let mail: Awaited<ReturnType<typeof startMailServer>>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-quick-start-'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    await writeFile(join(folder, 'server.js'), await quickStart());
    await run('npm', ['install', '--no-audit', '--no-fund', ...(await tarballs()), 'koa', '@koa/router'], { cwd: folder });
    [mail, browser] = await Promise.all([startMailServer(caught), openBrowser()]);
  });
  after(async () => {
    await browser.close();
    await mail.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('signs a user in, who then sees the protected route answer', async () => {
    const origin = `http://localhost:${await freePort()}`;
    const secrets = { PORTICO_SECRET: 'p'.repeat(40), CLIENT_SECRET: 'c'.repeat(40), COOKIE_SECRET: 'k'.repeat(40) };
    const server = spawn(process.execPath, ['server.js'], { cwd: folder, env: { ...process.env, ...secrets, ORIGIN: origin, SMTP_URL: mail.url }, stdio: ['ignore', 'ignore', 'inherit'] });
    try {
      await isUp(origin, server);
      const { page } = await invite(browser);
      await page.goto(origin);
      await askForMail(page, 'quinn@example.test');
      await typeCodeAndReturn(page, await codeTo('quinn@example.test', caught), origin);
      const answer = await page.evaluate(async () => (await fetch('/api/me')).json());
      assert.deepEqual((answer as { amr: unknown }).amr, ['email', 'otp']);
    } finally {
      if (server.kill()) await once(server, 'exit');
    }
  });
});

/** It says nothing when it listens. One that ends before is not waited for. */
function isUp(origin: string, server: ChildProcess): Promise<true> {
  return eventually(`the quick start at ${origin}`, async () => {
    if (server.exitCode !== null || server.signalCode !== null) throw new Error(`the quick start ended with ${String(server.exitCode ?? server.signalCode)}; what it said is above`);
    return fetch(origin).then(() => true as const, () => undefined);
  });
}

function codeTo(address: string, caught: readonly CaughtMail[]): Promise<string> {
  return eventually(`a code to ${address}`, () => /^\d{6}$/m.exec(caught.find(({ to }) => to === address)?.text ?? '')?.[0]);
}
