/** A port for a server that is told its address before it listens. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that a system gives to outgoing connections: one of these would take it before the server does. */
const [lowest, highest] = [20_000, 32_000] as const;

export async function freePort(): Promise<number> {
  const port = randomInt(lowest, highest);
  const probe = createServer().listen(port);
  const isFree = await once(probe, 'listening').then(() => true, () => false);
  if (!isFree) return freePort();
  probe.close();
  await once(probe, 'close');
  return port;
}
