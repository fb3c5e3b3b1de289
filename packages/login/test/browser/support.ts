import type { FlowView, LoginPreferencesView, Problem } from '@portico/contract';
import '../../src/auth-login.ts';
import type { AuthLogin } from '../../src/auth-login.element.ts';
import { demoPreferences, demoView } from '../../src/demo/demo-views.ts';
import type { DemoName } from '../../src/demo/demo-names.ts';

export const issuer = `${location.origin}/auth`;
const realFetch = window.fetch.bind(window);
// The machine of the tests may have no network but its own, and the browser would say so.
Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true, configurable: true });

interface Sent {
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

type Answer = FlowView | { readonly problem: Partial<Problem> };

/** The server as the widget's outside world: answers are given beforehand, requests are kept. */
export class FakeIssuer {
  readonly sent: Sent[] = [];
  preferences: LoginPreferencesView = demoPreferences;
  readonly #answers = new Map<string, (Answer | (() => Promise<Response>))[]>();

  constructor() {
    window.fetch = (input, init) => this.#answer(new Request(input, init), init);
  }

  /** Queues an answer; the last one of a path stays. */
  on(path: string, ...answers: (Answer | (() => Promise<Response>))[]): this {
    this.#answers.set(path, answers);
    return this;
  }

  sentTo(path: string): Sent[] {
    return this.sent.filter((one) => one.path === path);
  }

  async #answer(request: Request, init: RequestInit | undefined): Promise<Response> {
    const path = new URL(request.url).pathname.replace(/^\/auth/, '');
    if (!request.url.startsWith(location.origin)) return realFetch(request);
    const text = typeof init?.body === 'string' ? init.body : '';
    const body: Record<string, unknown> = text.startsWith('{') ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(String(init?.body ?? '')));
    this.sent.push({ path, body, headers: request.headers });
    if (path === '/preferences') return json(200, this.preferences);
    const queue = this.#answers.get(path) ?? [];
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    if (answer === undefined) return new Promise(() => undefined);
    if (typeof answer === 'function') return answer();
    if ('problem' in answer && typeof answer.problem === 'object') return json(400, { request_id: 'req_1', ...answer.problem });
    return path === '/flows' ? json(201, { ...answer, flow_handle: 'handle-1' }) : json(200, answer);
  }
}

export const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

export const view = (name: DemoName): FlowView => demoView(name, new Date(Date.now() + 600_000).toISOString());

export const restoreFetch = (): void => {
  window.fetch = realFetch;
};

/** Puts an element on the page. */
export function mount(attributes: Record<string, string>): AuthLogin {
  const element = document.createElement('auth-login');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  return element;
}

/** Waits until something is so: for as long as a busy machine may need, which is most of what a test is given. */
export async function until<T>(find: () => T | undefined | null | false, what = 'something'): Promise<T> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const found = find();
    if (found !== undefined && found !== null && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}: ${document.body.textContent?.replace(/\s+/g, ' ').slice(0, 300)}`);
}

export const step = (element: Element, name: string): Promise<HTMLElement> =>
  until(() => element.querySelector<HTMLElement>(`[data-step="${name}"]`), `step ${name}`);

export const find = (element: Element, selector: string): Promise<HTMLElement> => until(() => element.querySelector<HTMLElement>(selector), selector);

export const input = async (element: Element, name: string): Promise<HTMLInputElement> => (await find(element, `input[name="${name}"]`)) as HTMLInputElement;

/** Types or pastes into a field. */
export function fill(field: HTMLInputElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

export const submit = (element: Element): void => element.querySelector('form')?.requestSubmit();

/** An empty page, and nothing remembered. */
export function cleanUp(): void {
  for (const element of document.querySelectorAll('auth-login')) element.remove();
  restoreFetch();
  sessionStorage.clear();
  localStorage.clear();
}

/** The next event of a name. */
export const next = <E extends Event>(element: EventTarget, name: string): Promise<E> =>
  new Promise((resolve) => element.addEventListener(name, (event) => resolve(event as E), { once: true }));
