/** Pages that wait for another device, and the devices that scan their code. */
import assert from 'node:assert/strict';
import type { RequestOptionsJson } from '@portico/contract';
import { Browser, isAt, isDone, type FlowBody, type Reply } from './browser.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { startPortico, type Portico, type PorticoOptions } from './start-portico.ts';

type Authenticator = ReturnType<typeof createAuthenticator>;

/** The service of the other tests, where a passkey on another device will do. */
export function startWithCrossDevice(options: PorticoOptions = {}): Promise<Portico> {
  return startPortico({ ...options, app: { ...options.app, preferences: { ...options.app?.preferences, methods: { passkey: { allowsCrossDevice: true } } } } });
}

/** Somebody with a passkey on their phone. */
export async function addPhoneOwner(service: Portico, email: string): Promise<Authenticator> {
  const authenticator = createAuthenticator();
  const browser = new Browser(service);
  await browser.askForMail(email);
  const offer = isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'enroll-passkey');
  isDone((await browser.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) })).body);
  return authenticator;
}

export interface Waiting {
  readonly browser: Browser;
  readonly view: FlowBody & { readonly step: 'approve' };
  readonly secret: string;
  readonly number: string;
}

/** A page that shows a code. */
export async function waitForPhone(service: Portico, request: Record<string, unknown> = {}): Promise<Waiting> {
  const browser = new Browser(service);
  await browser.startFlow(request);
  return drawCode(browser);
}

/** Has the page show a code, or a new one. */
export async function drawCode(browser: Browser): Promise<Waiting> {
  const view = isAt((await browser.act('choose-method', { method: 'passkey', cross_device: true })).body, 'approve');
  return { browser, view, secret: secretIn(view.link), number: view.match_number ?? '' };
}

function secretIn(link: string | undefined): string {
  const secret = new URL(link ?? '').hash.slice(1);
  assert.match(secret, /^[\w-]{43}$/);
  return secret;
}

/** What a phone's page asks. */
export interface Asked {
  readonly options: RequestOptionsJson;
  readonly question: string;
}

/** Scans a code: what the page of the phone then asks. */
export async function scanCode(phone: Browser, secret: string): Promise<Asked> {
  const reply = await phone.postForm('/approve', { secret });
  assert.equal(reply.status, 200, reply.text);
  return askedIn(reply);
}

export function askedIn({ text }: Reply): Asked {
  const options = /data-options="([^"]+)"/.exec(text)?.[1]?.replaceAll('&quot;', '"').replaceAll('&#34;', '"') ?? '';
  const question = /name="question" value="([^"]+)"/.exec(text)?.[1] ?? '';
  assert.notEqual(question, '', text);
  return { options: JSON.parse(options) as RequestOptionsJson, question };
}

/** Yes, as the page's script sends it. */
export interface Yes {
  readonly secret: string;
  readonly number: string;
  readonly authenticator: Authenticator;
  readonly asked: Asked;
  readonly origin: string;
}

export function sayYes(phone: Browser, { secret, number, authenticator, asked, origin }: Yes): Promise<Reply> {
  const credential = JSON.stringify(authenticator.authenticate(asked.options, { origin }));
  return phone.postForm('/approve', { secret, number, question: asked.question, credential });
}

/** From the code to a page that may go on. */
export async function approveByPhone(service: Portico, { secret, number }: Waiting, authenticator: Authenticator): Promise<Browser> {
  const phone = new Browser(service);
  const reply = await sayYes(phone, { secret, number, authenticator, asked: await scanCode(phone, secret), origin: service.origin });
  assert.equal(reply.status, 200, reply.text);
  return phone;
}
