/** People on their own page, with contacts to change. */
import assert from 'node:assert/strict';
import { Browser, type Reply } from './browser.ts';
import type { Portico } from './start-portico.ts';

export interface ContactsBody {
  readonly email?: { readonly address: string; readonly is_verified: boolean };
  readonly phone_number?: { readonly number: string; readonly is_verified: boolean };
  readonly pending: readonly { readonly id: string; readonly kind: string; readonly sent_to: string }[];
}

export interface ChangeBody {
  readonly id: string;
  readonly kind: string;
  readonly sent_to: string;
  readonly code_length: number;
  readonly expires_at: string;
  readonly resend_at: string;
}

const path = '/account/v1/contact-changes';

/** Asks for a contact, and has what is sent arrive. */
export async function askFor(service: Portico, browser: Browser, contact: { readonly email?: string; readonly phone_number?: string }): Promise<Reply<ChangeBody>> {
  const reply = await browser.post(path, { client_id: 'notes-web', ...contact });
  await service.deliver();
  return reply as unknown as Reply<ChangeBody>;
}

/** The same, where it must work. */
export async function asked(service: Portico, browser: Browser, contact: { readonly email?: string; readonly phone_number?: string }): Promise<string> {
  const { status, text, body } = await askFor(service, browser, contact);
  assert.equal(status, 202, text);
  return body.id;
}

export const answer = (browser: Browser, id: string, code: string | undefined): Promise<Reply> => browser.post(`${path}/${id}`, { code });

export const contactsOf = async (browser: Browser): Promise<ContactsBody> => (await browser.fetch('/account/v1/contacts')).body as ContactsBody;

/** From one address to another, all the way. */
export async function changeEmail(service: Portico, browser: Browser, email: string): Promise<void> {
  const id = await asked(service, browser, { email });
  const reply = await answer(browser, id, service.inbox.lastCode(email));
  assert.equal(reply.status, 200, reply.text);
  await service.deliver();
}

export async function changePhone(service: Portico, browser: Browser, phone: string): Promise<void> {
  const id = await asked(service, browser, { phone_number: phone });
  const reply = await answer(browser, id, service.inbox.lastSmsCode(phone));
  assert.equal(reply.status, 200, reply.text);
  await service.deliver();
}

export async function signedIn(service: Portico, email: string): Promise<Browser> {
  const browser = new Browser(service);
  await browser.signIn(email);
  return browser;
}

/** The secret of the newest link of this kind that went to an address or a number. */
export function undoSecret(service: Portico, to: string): string {
  const texts = to.startsWith('+') ? service.inbox.listSms().filter((sms) => sms.to === to).map(({ text }) => text) : service.inbox.list().filter((mail) => mail.to === to).map(({ text }) => text);
  const found = texts.flatMap((text) => [...text.matchAll(/\/contact-undo\/([\w-]+)/g)].map(([, secret]) => secret));
  return found[0] ?? '';
}

export const undo = (service: Portico, secret: string, browser: Browser = new Browser(service)): Promise<Reply> => browser.postForm('/contact-undo', { secret });

/** The secret of the newest link that proves an address. */
export function confirmSecret(service: Portico, to: string): string {
  const found = service.inbox.list().filter((mail) => mail.to === to).flatMap(({ text }) => [...text.matchAll(/\/contact\/([\w-]+)/g)].map(([, secret]) => secret));
  return found[0] ?? '';
}
