import { Pool } from 'undici';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Ask {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** Asks one server over a fixed number of kept connections, one request at a time on each. */
export interface HttpClient {
  ask(path: string, ask?: Ask): Promise<Answer>;
  close(): Promise<void>;
}

export function createHttpClient(url: string, connections: number): HttpClient {
  const pool = new Pool(url, { connections, pipelining: 1 });
  return {
    async ask(path, { method = 'GET', headers = {}, form, json } = {}) {
      const sent = await pool.request({ path, method, headers: { ...headers, ...typeOf(form, json) }, body: bodyOf(form, json) });
      return { status: sent.statusCode, headers: sent.headers, text: await sent.body.text() };
    },
    close: () => pool.close(),
  };
}

function typeOf(form: Ask['form'], json: unknown): Record<string, string> {
  if (form !== undefined) return { 'content-type': 'application/x-www-form-urlencoded' };
  return json === undefined ? {} : { 'content-type': 'application/json' };
}

function bodyOf(form: Ask['form'], json: unknown): string | null {
  if (form !== undefined) return new URLSearchParams(form).toString();
  return json === undefined ? null : JSON.stringify(json);
}

/** The answer, if it has this status. @throws {Error} that shows the answer otherwise. */
export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status === status) return answer;
  throw new Error(`expected ${status}, got ${answer.status}: ${answer.text.slice(0, 300)} ${String(answer.headers['location'] ?? '')}`);
}

/** The body as JSON, with the fields that it must have. @throws {Error} if one is missing. */
export function expectJson<Field extends string>(answer: Answer, ...fields: readonly Field[]): Record<Field, string> {
  const body = JSON.parse(expectStatus(answer, answer.status === 201 ? 201 : 200).text) as Record<Field, string>;
  const missing = fields.find((field) => !body[field]);
  if (missing !== undefined) throw new Error(`no ${missing} in ${answer.text.slice(0, 300)}`);
  return body;
}
