import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** Below those that a system gives to outgoing connections: one of these would take it before the example does. */
const port = randomInt(20_000, 32_000);

test('the example starts, shows its page, protects its route and names its issuer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portico-example-'));
  const origin = `http://localhost:${port}`;
  const server = fileURLToPath(new URL('server.ts', import.meta.url));
  const env = { ...process.env, PORT: String(port), PORTICO_DB: join(folder, 'portico.db') };
  const child = spawn(process.execPath, ['--conditions=portico-source', server], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(([code]) => assert.fail(`the example ended with ${code}`))]);
    assert.match(await (await fetch(origin)).text(), /auth\/login\.js/);
    assert.equal((await fetch(`${origin}/api/me`)).status, 401);
    const metadata = (await (await fetch(`${origin}/auth/.well-known/openid-configuration`)).json()) as { issuer: string };
    assert.equal(metadata.issuer, `${origin}/auth`);
  } finally {
    if (child.kill()) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
});
