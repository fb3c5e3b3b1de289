/** A client's backend as far as HTTP goes: it shows a secret, has no cookies and is no page. */
import type { BackendDoneView, BackendFlowView, BackendTokens, Problem } from '@portico/contract';
import { decodeJwt } from 'jose';
import type { ClientOptions } from '../src/index.ts';
import type { Reachable, Reply } from './browser.ts';
import { clientSecret, otherClient, otherSecret, spaClient, webClient } from './start-portico.ts';

/** The usual clients, of which two may use backend style, and one that may not. */
export const backendClients = (origin: string): readonly ClientOptions[] => [
  { ...webClient(origin), backendStyle: true },
  { ...otherClient(origin), backendStyle: true },
  { ...webClient(origin), id: 'plain-web' },
  spaClient(origin),
];

export type BackendBody = BackendFlowView & Partial<BackendTokens & Problem> & { readonly flow_handle?: string; readonly error?: string };

/** What a form at `/sessions/…` is answered with. */
export type FormBody = Partial<BackendTokens> & { readonly error?: string; readonly acr_values?: string; readonly max_age?: number };

export const basicOf = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${encodeURIComponent(secret)}`).toString('base64')}`;

export const endUser = { address: '203.0.113.7', user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' };

export class Backend {
  readonly #service: Reachable;
  readonly authorization: string;
  readonly history: Reply[] = [];
  handle = '';

  constructor(service: Reachable, { id = 'notes-web', secret = clientSecret }: { readonly id?: string; readonly secret?: string } = {}) {
    this.#service = service;
    this.authorization = basicOf(id, secret);
  }

  static other(service: Reachable): Backend {
    return new Backend(service, { id: 'other-web', secret: otherSecret });
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Reply> {
    const headers = { Authorization: this.authorization, ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(`${this.#service.base}${path}`, { redirect: 'manual', ...init, headers });
    const text = await response.text();
    const isJson = response.headers.get('Content-Type')?.includes('json') === true;
    const reply = { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : undefined, text };
    this.history.push(reply);
    return reply;
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply<BackendBody>> {
    return (await this.fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) })) as Reply<BackendBody>;
  }

  async start(request: Record<string, unknown> = {}): Promise<Reply<BackendBody>> {
    const reply = await this.post('/flows', { kind: 'session_id' in request ? 'step-up' : 'sign-in', end_user: endUser, ...request });
    this.handle = reply.body.flow_handle ?? this.handle;
    return reply;
  }

  act(action: string, input: Record<string, unknown> = {}): Promise<Reply<BackendBody>> {
    return this.post(`/flow/${action}`, input, { Flow: this.handle });
  }

  async look(): Promise<Reply<BackendBody>> {
    return (await this.fetch('/flow', { headers: { Flow: this.handle } })) as Reply<BackendBody>;
  }

  async form(path: string, fields: Record<string, string>): Promise<Reply<FormBody>> {
    return (await this.fetch(path, { method: 'POST', body: new URLSearchParams(fields) })) as Reply<FormBody>;
  }

  authenticate(sessionId: string | undefined, fields: Record<string, string> = {}): Promise<Reply<FormBody>> {
    return this.form('/sessions/authenticate', { session_id: sessionId ?? '', ...fields });
  }

  close(sessionId: string | undefined): Promise<Reply<FormBody>> {
    return this.form('/sessions/close', { session_id: sessionId ?? '' });
  }

  /** Past the code of a mail, at whatever follows it. */
  async passMail(email: string, request: Record<string, unknown> = {}): Promise<BackendBody> {
    await this.start({ create_new_user: true, ...request });
    await this.act('submit-identifier', { identifier: email });
    await this.#service.deliver();
    return this.settle((await this.act('submit-answer', { answer: this.#service.inbox.lastCode(email) })).body);
  }

  /** Wants no password and no passkey. */
  async settle(view: BackendBody): Promise<BackendBody> {
    const isOffer = view.step === 'set-password' || (view.step === 'enroll-passkey' && view.may_skip);
    return isOffer ? this.settle((await this.act('skip')).body) : view;
  }

  /** From nothing to tokens. */
  async signIn(email: string, request: Record<string, unknown> = {}): Promise<HandedOut> {
    return handedOut(await this.passMail(email, request));
  }
}

export type HandedOut = BackendDoneView & { readonly tokens: BackendTokens };

/** The end of a flow, if it has tokens. */
export function handedOut(view: BackendBody): HandedOut {
  if (view.step === 'done' && view.tokens !== undefined) return view as HandedOut;
  throw new Error(`no tokens, but ${JSON.stringify(view)}`);
}

export function claimsIn(token: string | undefined): Record<string, unknown> {
  return decodeJwt(token ?? '');
}
