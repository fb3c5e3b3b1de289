/** A vendor's `siteverify` on loopback, as its documentation describes it, and as it should not be. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it was asked. */
export type Question = Readonly<Record<string, string>>;

/** How it answers the next question. @default by its protocol */
type Misbehaviour = 'slow' | 'silent' | 'error-500' | 'html' | 'empty' | 'list' | 'huge' | 'redirect' | 'cut' | 'busy';

export interface CaptchaWorld {
  readonly verifyUrl: string;
  readonly asked: readonly Question[];
  misbehave(how: Misbehaviour | undefined): void;
  /** What it says of the tokens that it has given out. */
  says: Record<string, unknown>;
  close(): Promise<void>;
}

const secret = 'the-secret-of-the-site';

async function readQuestion(request: IncomingMessage): Promise<Question> {
  let text = '';
  for await (const part of request) text += String(part);
  return Object.fromEntries(new URLSearchParams(text));
}

export async function startCaptchaVendor(): Promise<CaptchaWorld> {
  const asked: Question[] = [];
  const used = new Set<string>();
  let how: Misbehaviour | undefined;
  const world = { says: {} as Record<string, unknown> };
  const byProtocol = (question: Question): Record<string, unknown> => {
    const refuse = (code: string): Record<string, unknown> => ({ 'success': false, 'error-codes': [code] });
    if (question['secret'] !== secret) return refuse('invalid-input-secret');
    const token = question['response'] ?? '';
    if (!token.startsWith('given-')) return refuse('invalid-input-response');
    if (used.has(token)) return refuse('timeout-or-duplicate');
    used.add(token);
    return { 'success': true, 'challenge_ts': '2026-01-01T00:00:00Z', 'hostname': 'login.example', 'error-codes': [], ...world.says };
  };
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    void readQuestion(request).then((question) => {
      asked.push(question);
      const send = (status: number, body: string, headers = {}): void => void response.writeHead(status, headers).end(body);
      switch (how) {
        case 'silent': case 'slow': return undefined;
        case 'error-500': return send(500, '{"success":true}');
        case 'busy': return send(429, '{"success":true}');
        case 'html': return send(200, '<h1>Good day</h1>');
        case 'empty': return send(200, '');
        case 'list': return send(200, '[true]');
        case 'huge': return send(200, `{"success":true,"more":"${'x'.repeat(100_000)}"}`);
        case 'redirect': return send(302, '', { Location: 'http://127.0.0.1:1/' });
        case 'cut': return void response.writeHead(200, { 'Content-Length': '99' }).write('{"success":true}', () => response.destroy());
        default: return send(200, JSON.stringify(byProtocol(question)), { 'Content-Type': 'application/json' });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    verifyUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/siteverify`,
    asked,
    misbehave: (next) => {
      how = next;
    },
    get says() {
      return world.says;
    },
    set says(next) {
      world.says = next;
    },
    close: () => new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

/** What a host would write. */
export const captchaKeys = { siteKey: 'the-public-key', secret };
