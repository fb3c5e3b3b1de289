/** What npm would publish, in an empty folder, with the README's quick start pasted into it. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { simpleParser } from 'mailparser';
import type { Browser } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { invite, openBrowser } from '../stage/open-browser.ts';
import { askForMail, typeCodeAndReturn } from '../stage/sign-in.ts';
import { freePort } from '../stage/start-example.ts';

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
      await isUp(origin);
      const { page } = await invite(browser);
      await page.goto(origin);
      await askForMail(page, 'quinn@example.test');
      await typeCodeAndReturn(page, await codeTo('quinn@example.test', caught), origin);
      const answer = await page.evaluate(async () => (await fetch('/api/me')).json());
      assert.deepEqual((answer as { amr: unknown }).amr, ['email', 'otp']);
    } finally {
      server.kill();
      await once(server, 'exit');
    }
  });
});

async function isUp(origin: string): Promise<void> {
  for (let look = 0; look < 100; look += 1) {
    const answered = await fetch(origin).then(() => true, () => false);
    if (answered) return;
    await sleep(100);
  }
  throw new Error('the quick start does not listen');
}

async function codeTo(address: string, caught: readonly CaughtMail[]): Promise<string> {
  for (let look = 0; look < 100; look += 1) {
    const code = /^\d{6}$/m.exec(caught.find(({ to }) => to === address)?.text ?? '')?.[0];
    if (code !== undefined) return code;
    await sleep(100);
  }
  throw new Error(`no mail to ${address}`);
}
