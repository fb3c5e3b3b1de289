/** A real HTTP server that plays an SMS provider: it keeps what it is sent and answers as it is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

export interface ProviderRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SmsProvider {
  readonly url: string;
  readonly requests: readonly ProviderRequest[];
  /** From now on; `hang` never answers. */
  answer(next: ProviderAnswer | 'hang'): void;
}

export async function openSmsProvider(context: TestContext): Promise<SmsProvider> {
  const requests: ProviderRequest[] = [];
  let next: ProviderAnswer | 'hang' = { status: 201, body: {} };
  const server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: await text(request) });
    if (next === 'hang') return;
    response.writeHead(next.status, { 'Content-Type': 'application/json', ...next.headers }).end(JSON.stringify(next.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (answer) => {
      next = answer;
    },
  };
}
