import { flowHeader, puzzleHeader } from '@portico/contract';
import { BackendSignInError } from './backend-sign-in-error.ts';

/** Where the service is, and what shows it who calls. */
export interface BackendCallerOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly timeoutSeconds: number;
  readonly fetch: typeof fetch;
}

/** One call; a body is JSON, or a form where it is `URLSearchParams`. */
export interface BackendCall {
  readonly path: string;
  readonly handle?: string;
  /** Of the puzzle that an action was answered with. */
  readonly puzzleAnswer?: string;
  readonly body?: object | URLSearchParams;
}

/** What came back, whatever its status. */
export interface BackendReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** @throws {BackendSignInError} `issuer_unreachable` */
export type CallBackend = (call: BackendCall) => Promise<BackendReply>;

/** Each call shows the client's secret (RFC 6749, section 2.3.1), and none follows a redirect with it. */
export function createBackendCaller({ issuer, clientId, clientSecret, timeoutSeconds, fetch: ask }: BackendCallerOptions): CallBackend {
  const authorization = `Basic ${Buffer.from(`${formEncode(clientId)}:${formEncode(clientSecret)}`).toString('base64')}`;
  return async ({ path, handle, puzzleAnswer, body }) => {
    const isForm = body instanceof URLSearchParams;
    const headers = {
      Authorization: authorization,
      ...(handle === undefined ? {} : { [flowHeader]: handle }),
      ...(puzzleAnswer === undefined ? {} : { [puzzleHeader]: puzzleAnswer }),
      ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { method: 'POST', body: isForm ? body : JSON.stringify(body) };
    try {
      const response = await ask(`${issuer}${path}`, { ...sent, headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutSeconds * 1_000) });
      return await readReply(response);
    } catch (cause) {
      throw cause instanceof BackendSignInError ? cause : new BackendSignInError('issuer_unreachable', { cause });
    }
  };
}

/** RFC 6749, appendix B. */
function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

async function readReply(response: Response): Promise<BackendReply> {
  const text = await response.text();
  if (text === '' && response.ok) return { status: response.status, body: {} };
  // Whatever answers so is no service of ours: a proxy's page, a gateway's 502.
  if (response.headers.get('Content-Type')?.includes('json') !== true) throw new BackendSignInError('issuer_unreachable', { status: 503, detail: `answered with ${response.status} and no JSON` });
  return { status: response.status, body: JSON.parse(text) as BackendReply['body'] };
}
