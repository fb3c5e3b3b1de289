/** A browser as far as HTTP goes: it keeps cookies, says where it is, and follows nothing by itself. */
import assert from 'node:assert/strict';
import type { FlowView, Problem, StartedFlow } from '@portico/contract';
import type { DevInbox } from '../src/index.ts';
import type { Portico } from './start-portico.ts';

/** What a browser must know of a service: where it is, and how its mails come. */
export interface Reachable extends Pick<Portico, 'origin' | 'address' | 'base' | 'deliver'> {
  readonly inbox: Pick<DevInbox, 'lastCode'>;
}

export interface Reply<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

export type FlowBody = FlowView & Partial<StartedFlow> & Partial<Problem>;

/** Every answer that any browser of this process got, for who looks for what must not be in one. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly reply: Reply;
}

export class Browser {
  readonly #service: Reachable;
  readonly #cookies = new Map<string, string>();
  readonly history: Exchange[] = [];
  /** What a proxy says of where it is, for services that trust one. */
  address: string | undefined;
  #handle = '';

  constructor(service: Reachable) {
    this.#service = service;
  }

  get service(): Reachable {
    return this.#service;
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  /** Plants a cookie, as another host or an attacker would. */
  plant(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  forget(name: string): void {
    this.#cookies.delete(name);
  }

  /** An address as a person sees it, or a path below the issuer's. */
  #locate(url: string): string {
    const { origin, address, base } = this.#service;
    if (url.startsWith(origin)) return `${address}${url.slice(origin.length)}`;
    return url.startsWith('http') ? url : `${base}${url}`;
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Reply> {
    const headers = new Headers(init.headers);
    const jar = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (jar !== '' && !headers.has('Cookie')) headers.set('Cookie', jar);
    if (this.address !== undefined && !headers.has('X-Forwarded-For')) headers.set('X-Forwarded-For', this.address);
    const method = init.method ?? 'GET';
    if (method !== 'GET' && method !== 'HEAD' && !headers.has('Origin')) headers.set('Origin', this.#service.origin);
    const response = await fetch(this.#locate(url), { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    // Whoever is to wait is told how long, in whatever form.
    if (response.status === 429) assert.match(response.headers.get('Retry-After') ?? 'no Retry-After', /^[1-9]\d*$/, url);
    const text = await response.text();
    const isJson = response.headers.get('Content-Type')?.includes('json') === true;
    const reply = { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : undefined, text };
    this.history.push({ method, url, reply });
    return reply;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.includes('Max-Age=0')) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply<FlowBody>> {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
    return (await this.fetch(path, init)) as Reply<FlowBody>;
  }

  postForm(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
    return this.fetch(path, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Starts a flow and keeps its handle, as the widget does. */
  async startFlow(request: Record<string, unknown> = {}): Promise<Reply<FlowBody>> {
    const reply = await this.post('/flows', { kind: 'sign-in', client_id: 'notes-web', ...request });
    if (reply.body.flow_handle !== undefined) this.#handle = reply.body.flow_handle;
    return reply;
  }

  act(action: string, input: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Reply<FlowBody>> {
    return this.post(`/flow/${action}`, input, { Flow: this.#handle, ...headers });
  }

  async look(): Promise<Reply<FlowBody>> {
    return (await this.fetch('/flow', { headers: { Flow: this.#handle } })) as Reply<FlowBody>;
  }

  get handle(): string {
    return this.#handle;
  }

  set handle(handle: string) {
    this.#handle = handle;
  }

  /** Starts a flow and has its mail arrive. */
  async askForMail(email: string, request: Record<string, unknown> = {}): Promise<FlowBody> {
    await this.startFlow({ create_new_user: true, ...request });
    const { body } = await this.act('submit-identifier', { identifier: email });
    await this.#service.deliver();
    return body;
  }

  /** Types the code of the newest mail, and wants no passkey. */
  async typeCode(email: string): Promise<FlowBody> {
    const { body } = await this.act('submit-answer', { answer: this.#service.inbox.lastCode(email.toLowerCase()) });
    return body.step === 'enroll-passkey' ? (await this.act('skip')).body : body;
  }

  /** From nothing to signed in, with a code. */
  async signIn(email: string, request: Record<string, unknown> = {}): Promise<FlowBody & { readonly step: 'done' }> {
    await this.askForMail(email, request);
    return isDone(await this.typeCode(email));
  }
}

/** The view, if it is the last one. */
export function isDone(view: FlowBody): FlowBody & { readonly step: 'done' } {
  if (view.step === 'done') return view;
  throw new Error(`not done, but ${JSON.stringify(view)}`);
}

/** The view, if it is this one. */
export function isAt<Step extends FlowView['step']>(view: FlowBody | undefined, step: Step): FlowBody & { readonly step: Step } {
  assert.equal(view?.step, step, JSON.stringify(view));
  return view as FlowBody & { readonly step: Step };
}

/** The problem, if it is this one. */
export function isProblem(reply: Reply, status: number, code: string): FlowBody {
  const body = reply.body as FlowBody | undefined;
  assert.deepEqual([reply.status, body?.code], [status, code], reply.text);
  assert.equal(reply.headers.get('Content-Type'), 'application/problem+json');
  return body as FlowBody;
}
