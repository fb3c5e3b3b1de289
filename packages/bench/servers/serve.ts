/**
 * What every measured server does beside its work: it listens, says so, passes on the mails that it would send, and says
 * what it has used.
 *
 * Does not own: anything that is measured.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server tells its parent. */
export type ServerMessage =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'mail'; readonly to: string; readonly text: string }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'codes'; readonly codes: readonly string[] };

/** What its parent asks it for: an answer of the same kind. */
export type ParentMessage = { readonly kind: 'usage' } | ({ readonly kind: 'codes' } & CodesLike);

/** So many authorization codes that differ from this one in nothing but what is random. */
export interface CodesLike {
  readonly like: string;
  readonly count: number;
}

/** What the process has used since it started. */
export interface Usage {
  readonly cpuMicroseconds: number;
  readonly residentBytes: number;
}

/** Everything after the address is known: the issuer of an OpenID provider is where it listens. */
export type MakeListener = (url: string) => Promise<RequestListener> | RequestListener;

/** Stores codes before they are measured, where a browser would take minutes for them. */
export type CopyCode = (codes: CodesLike) => Promise<readonly string[]>;

/** Listens on a free port of the loopback address and lives until its parent ends. */
export async function serve(makeListener: MakeListener, copyCode?: CopyCode): Promise<void> {
  const server = createServer();
  const url = await listen(server);
  server.on('request', await makeListener(url));
  process.on('message', (message: ParentMessage) => {
    if (message.kind === 'usage') tell({ kind: 'usage', usage: usage() });
    else void copyCode?.(message).then((codes) => tell({ kind: 'codes', codes }));
  });
  process.on('disconnect', () => process.exit());
  tell({ kind: 'ready', url });
}

/** A mail goes to whoever measures, not to a mail server: its delivery costs every contender the same. */
export function passOnMail(to: string, text: string): void {
  tell({ kind: 'mail', to, text });
}

function tell(message: ServerMessage): void {
  process.send?.(message);
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicroseconds: user + system, residentBytes: process.memoryUsage.rss() };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
