/** A client's backend that may have codes sent elsewhere, and people who can be named in four ways. */
import { randomBytes } from 'node:crypto';
import { emailCode, magicLink, smsCode, type AppOptions, type ClientOptions, type OpenStore, type SmsCodeOptions } from '../src/index.ts';
import type { CanonicalEmail, CanonicalPhone, CanonicalUsername, UserId } from '../src/model/ids.ts';
import { backendClients } from './backend-scene.ts';
import { openerOf, type EngineName } from './engines.ts';
import { startPortico, type Portico } from './start-portico.ts';

/** Of the two that may use backend style, the first may. */
export const detourClients = (origin: string): readonly ClientOptions[] =>
  backendClients(origin).map((client) => (client.id === 'notes-web' ? { ...client, dangerouslyAllowDetours: true } : client));

export interface DetourScene extends Portico {
  readonly store: OpenStore;
}

/** Budgets that no test meets by accident. */
const roomy = { smsPerCallerPerHour: 1_000_000, smsPerPrefixPerHour: 1_000_000, smsPerCountryPerHour: 1_000_000 };

export async function startWithDetours(engine: EngineName, { sms = {}, app = {}, watch = (store) => store }: { readonly sms?: SmsCodeOptions; readonly app?: Partial<AppOptions>; readonly watch?: (store: OpenStore) => OpenStore } = {}): Promise<DetourScene> {
  const store = await openerOf(engine).open();
  const methods = [emailCode(), magicLink(), smsCode({ countries: ['DE'], ...roomy, ...sms })];
  const service = await startPortico({
    clients: detourClients,
    auth: { methods, store: { open: () => Promise.resolve(watch(store)) } },
    app: { ...app, preferences: { username: { isOn: true }, ...app.preferences } },
  });
  return { ...service, store };
}

/** Somebody who has proved an address and a number, and has a username. */
export interface Member {
  readonly id: UserId;
  readonly email: string;
  readonly number: string;
  readonly username: string;
}

let members = 0;

/** Proved, unless it says otherwise. */
export async function addMember({ store, clock }: DetourScene, { isProved = true, status = 'active' }: { readonly isProved?: boolean; readonly status?: 'active' | 'suspended' } = {}): Promise<Member> {
  const at = (members += 1);
  const now = clock.now();
  const id = randomBytes(16).toString('base64url') as UserId;
  const [email, number, username] = [`member-${at}@example.test`, `+49151${String(20_000_000 + at)}`, `member.${at}`];
  const proved = isProved ? { verifiedAt: now } : {};
  await store.users.insert({
    id, status, createdAt: now, updatedAt: now,
    email: { typed: email, canonical: email as CanonicalEmail, ...proved },
    phone: { typed: number, canonical: number as CanonicalPhone, ...proved },
    username: { typed: username, canonical: username as CanonicalUsername },
  });
  return { id, email, number, username };
}
