/**
 * A breach-range service over HTTP, such as Have I Been Pwned's.
 *
 * Owns: the request, its time limit, how much of an answer is read. Does not own: what is done with it.
 */
import { refuseUnknown } from '@portico/contract';
import type { BreachRange } from '../ports/breach-range.ts';

/** Which service is asked for leaked passwords, and what holds where it does not answer. */
export interface BreachRangeOptions {
  /** The five characters are put behind it and a slash. `https:`, or a loopback address. @default 'https://api.pwnedpasswords.com/range' */
  readonly url?: string;
  /** Without an answer a password is taken (logged and audited), or refused with 503. @default 'accept' */
  readonly onFailure?: 'accept' | 'refuse';
  /** Milliseconds to wait, 100 to 10000. @default 2000 */
  readonly timeoutMs?: number;
}

/** A padded answer has a thousand lines of some forty characters. */
const mostBytes = 512 * 1_024;

/** @throws {Error} that names the option at fault. */
export function createBreachRange(options: BreachRangeOptions): BreachRange {
  refuseUnknown('password(), breachRange,', options, { url: true, onFailure: true, timeoutMs: true });
  const { url = 'https://api.pwnedpasswords.com/range', onFailure = 'accept', timeoutMs = 2_000 } = options;
  checkUrl(url);
  if (!Number.isInteger(timeoutMs) || timeoutMs < 100 || timeoutMs > 10_000) throw new Error('password(): breachRange.timeoutMs must be a whole number from 100 to 10000');
  if (!['accept', 'refuse'].includes(onFailure)) throw new Error('password(): breachRange.onFailure must be "accept" or "refuse"');
  return {
    onFailure,
    async listEndings(beginning) {
      // Padding: how long the answer is tells a listener nothing of which range it is.
      const headers = { 'Add-Padding': 'true', 'Accept': 'text/plain', 'User-Agent': 'portico' };
      const response = await fetch(`${url}/${beginning}`, { headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
      if (response.status !== 200) throw new Error(`status ${response.status}`);
      return parseEndings(await readAll(response));
    },
  };
}

function checkUrl(url: string): void {
  const { protocol, hostname, search, hash } = URL.canParse(url) ? new URL(url) : new URL('invalid:');
  const isLoopback = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback);
  if (!isSafe || search !== '' || hash !== '' || url.endsWith('/')) throw new Error('password(): breachRange.url must be an https address with nothing behind its path and no slash at its end');
}

/** A line that never was seen (`…:0`) is padding. What is no such line at all is no answer. */
function parseEndings(text: string): ReadonlySet<string> {
  const lines = text.split(/\r?\n/).filter((line) => line !== '').map((line) => /^([0-9A-F]{35}):(\d+)$/i.exec(line));
  if (lines.length === 0 || lines.includes(null)) throw new Error('no list of endings');
  return new Set(lines.filter((line) => Number(line?.[2]) > 0).map((line) => String(line?.[1]).toUpperCase()));
}

async function readAll({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > mostBytes) throw new Error('too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
