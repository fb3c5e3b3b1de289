/** A browser as far as HTTP goes: it keeps cookies, says where it is, and follows nothing by itself. */
import type { FlowView, Problem, StartedFlow } from '@portico/contract';
import type { Service } from './start-service.ts';

export interface Reply<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

export type FlowBody = FlowView & Partial<StartedFlow> & Partial<Problem>;

export class Browser {
  readonly #service: Service;
  readonly #cookies = new Map<string, string>();
  #handle = '';

  constructor(service: Service) {
    this.#service = service;
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  /** Plants a cookie, as another host or an attacker would. */
  plant(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Reply> {
    const headers = new Headers(init.headers);
    const jar = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (jar !== '') headers.set('Cookie', jar);
    if (init.method !== undefined && init.method !== 'GET' && !headers.has('Origin')) headers.set('Origin', this.#service.origin);
    const response = await fetch(new URL(url, `${this.#service.issuer}/`), { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const text = await response.text();
    const isJson = response.headers.get('Content-Type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : undefined, text };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.includes('Max-Age=0')) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply<FlowBody>> {
    const reply = await this.fetch(`${this.#service.issuer}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return reply as Reply<FlowBody>;
  }

  postForm(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
    return this.fetch(`${this.#service.issuer}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Starts a flow and keeps its handle, as the widget does. */
  async startFlow(request: Record<string, unknown> = {}): Promise<Reply<FlowBody>> {
    const reply = await this.post('/flows', { kind: 'sign-in', client_id: 'notes-web', ...request });
    if (reply.body.flow_handle !== undefined) this.#handle = reply.body.flow_handle;
    return reply;
  }

  act(action: string, input: Record<string, unknown> = {}): Promise<Reply<FlowBody>> {
    return this.post(`/flow/${action}`, input, { Flow: this.#handle });
  }

  async look(): Promise<Reply<FlowBody>> {
    return (await this.fetch(`${this.#service.issuer}/flow`, { headers: { Flow: this.#handle } })) as Reply<FlowBody>;
  }

  get handle(): string {
    return this.#handle;
  }

  /** From nothing to signed in, with a code. */
  async signIn(email: string, request: Record<string, unknown> = {}): Promise<FlowBody> {
    await this.startFlow({ create_new_user: true, ...request });
    await this.act('submit-identifier', { identifier: email });
    await this.#service.deliver();
    const answered = await this.act('submit-answer', { answer: this.#service.inbox.lastCode(email) });
    const { body } = answered.body.step === 'enroll-passkey' ? await this.act('skip') : answered;
    return body;
  }
}
