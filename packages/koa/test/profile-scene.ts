/** A service that asks people who they are, with what it asks in the test's hand. */
import type { OpenStore, PreferencesInput } from '../src/index.ts';
import type { App } from '../src/model/app.ts';
import { Browser, type FlowBody, type Reply } from './browser.ts';
import { openerOf, type EngineName } from './engines.ts';
import { startPortico, type Portico, type PorticoOptions } from './start-portico.ts';

export type Fields = App['preferences']['profile']['fields'];

export interface ProfilePortico extends Portico {
  readonly store: OpenStore;
  /** As an administrator would. */
  setFields(fields: Fields): Promise<void>;
}

export const bothNames: Fields = [{ name: 'given_name', isRequired: true }, { name: 'family_name', isRequired: false }];

/** An app that asks for both names, of which the first must be there. */
export async function startWithProfile({ engine = 'sqlite', preferences = {}, store: given, ...options }: Omit<PorticoOptions, 'app' | 'engine'> & { readonly engine?: EngineName; readonly preferences?: PreferencesInput; readonly store?: OpenStore } = {}): Promise<ProfilePortico> {
  const store = given ?? (await openerOf(engine).open());
  const service = await startPortico({ ...options, app: { preferences: { ...preferences, profile: { fields: [...bothNames] } } }, auth: { ...options.auth, store: { open: () => Promise.resolve(store) } } });
  return { ...service, store, setFields: (fields) => putFields(store, fields) };
}

export async function putFields(store: OpenStore, fields: Fields): Promise<void> {
  for (const app of await store.apps.list()) await store.apps.put({ ...app, preferences: { ...app.preferences, profile: { fields } } });
}

/** Past the mail of a flow, at whatever follows it. */
export async function answeredMail(service: Portico, email: string, request: Record<string, unknown> = {}): Promise<{ readonly browser: Browser; readonly view: FlowBody; readonly reply: Reply<FlowBody> }> {
  service.clock.advance(31);
  const browser = new Browser(service);
  await browser.askForMail(email, request);
  const reply = await browser.act('submit-answer', { answer: service.inbox.lastCode(email) });
  return { browser, view: reply.body, reply };
}
