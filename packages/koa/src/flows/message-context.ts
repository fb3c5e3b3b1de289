/**
 * To whom a flow's messages go.
 *
 * Owns: that of a name's flow they go to what its owner has proved, and that a name nobody has, or whose owner has
 * proved nothing of the kind, has the same done for it: an address, or a number, that is nobody's stands in its place, and
 * nothing goes there. That those of a detour go where its backend said, for whoever is named without a doubt. Does not own: how much goes out (methods); what is shown, which is what was typed and no more.
 */
import type { MethodContext } from '../methods/method.ts';
import { paceOf } from '../methods/email/mail-pace.ts';
import type { SmsSpent } from '../methods/sms-code/sms-budgets.ts';
import type { ContactKind } from '../model/contact.ts';
import type { Flow, TypedPhone } from '../model/flow.ts';
import { detourOf, nameOf, subjectOf } from '../model/flow-subject.ts';
import type { CanonicalEmail, CanonicalPhone } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Budget, Spent } from '../ports/limits.ts';
import { defaultCountryOf } from '../preferences/identifiers-of.ts';
import { parseIfPhone } from '../users/canonical-phone.ts';
import { maskedContact } from '../users/masked-contact.ts';
import { findIdentified } from './find-identified.ts';
import type { Scene } from './flow-deps.ts';
import { withoutIdentifier } from './forget.ts';

type Contact = Pick<Flow, 'email' | 'phone'>;

/** The flow as the methods that send are asked it: about an address or a number. The same at each call, for it is what a code is bound to. */
export async function messageContext(scene: Scene, kind: ContactKind): Promise<MethodContext> {
  const { flow, app, client, deps } = scene;
  const user = await findIdentified(flow, deps);
  const detour = detourOf(flow);
  if (detour !== undefined) return detouring(scene, user, detour);
  const name = nameOf(flow);
  if (name === undefined) return { flow, app, client, user };
  const own = user === undefined ? undefined : ownContact(user, kind, scene);
  const contact = own ?? standIn(name, kind, scene);
  return { flow: { ...flow, ...contact }, app, client, user: own === undefined ? undefined : user };
}

/** The same flow as one about where its codes go. */
function detouring({ flow, app, client, deps }: Scene, user: User | undefined, { typed: _typed, ...to }: NonNullable<Flow['detour']>): MethodContext {
  const isMailed = to.email !== undefined;
  const end = maskedContact(isMailed ? { email: { typed: '', canonical: to.email } } : { phone: { typed: '', canonical: to.phone.canonical } }, isMailed ? 'email-code' : 'sms-code');
  const isRouted = user?.email !== undefined && deps.social.findByDomain(app, user.email.canonical) !== undefined;
  const meant = user !== undefined && !isRouted && isMeant(flow, user) ? user : undefined;
  return { flow: { ...withoutIdentifier(flow), ...to }, app, client, user: meant, detour: { to: end, named: subjectOf(flow) ?? '' } };
}

/** Whoever has put somebody else's address into their account, and never proved it, is not who is meant by it. */
function isMeant({ email, phone }: Flow, user: User): boolean {
  if (email !== undefined) return user.email?.verifiedAt !== undefined;
  return phone === undefined || user.phone?.verifiedAt !== undefined;
}

/** What was proved, and what may be written to here: where a domain belongs to a provider, nothing that starts from its addresses leads in. */
function ownContact({ email, phone }: User, kind: ContactKind, { app, deps }: Scene): Contact | undefined {
  if (kind === 'email') {
    const isOpen = email?.verifiedAt !== undefined && deps.social.findByDomain(app, email.canonical) === undefined;
    return isOpen ? { email: email.canonical } : undefined;
  }
  const { countries } = app.preferences.methods['sms-code'];
  const parsed = phone?.verifiedAt === undefined ? undefined : parseIfPhone(phone.canonical);
  return parsed !== undefined && (countries === 'all' || countries.includes(parsed.country)) ? { phone: parsed } : undefined;
}

/** No domain ends in `invalid` (RFC 2606, section 2), and no country's numbers begin with 0. */
function standIn(name: string, kind: ContactKind, { app, deps }: Scene): Contact {
  const digest = deps.vault.keyedDigest('limit', name, ['stand-in', kind]);
  if (kind === 'email') return { email: `${digest}@username.invalid` as CanonicalEmail };
  const digits = [...digest].map((sign) => (sign.codePointAt(0) ?? 0) % 10).slice(0, 13).join('');
  const phone: TypedPhone = { canonical: `+0${digits}` as CanonicalPhone, country: defaultCountryOf(app.preferences) ?? '' };
  return { phone };
}

/** What became of asking for a message to be sent; `withheld`, and nobody is told. */
export type SpentMessage<Of> = Of | (Extract<Spent, { readonly isAllowed: true }> & { readonly isWithheld: true });

/** A message that is to go out, and how its method takes one of those that may. */
interface Wanted<Of extends SmsSpent> {
  readonly context: MethodContext;
  readonly method: 'email' | 'sms';
  readonly spend: () => Promise<Of>;
}

/**
 * Takes one of the messages that the app sends. A name has a budget of its own, which alone is shown: that of its owner's
 * address would say what they did a minute ago, and so that there is one. Theirs is taken all the same, so that nobody is
 * written to more often who is called by two names. Of a detour both are shown, for the backend has named both: one person
 * has no more codes than others, to however many places, and no place more than it would have by itself.
 */
export async function spendMessage<Of extends SmsSpent>({ context, method, spend }: Wanted<Of>, { deps }: Scene): Promise<SpentMessage<Of | Spent>> {
  const { detour } = context;
  const name = detour?.named ?? nameOf(context.flow);
  if (name === undefined) return spend();
  const { store, vault, clock } = deps;
  const key = vault.keyedDigest('limit', name, [detour === undefined ? 'username' : 'detour', method, context.app.id]);
  const shown = await store.limits.spend(key, budgetOf(context, method), clock.now());
  if (!shown.isAllowed) return shown;
  const own = await spend();
  if (own.isAllowed) return shown;
  if (detour === undefined) return { ...shown, isWithheld: true };
  await store.limits.giveBack(key, clock.now());
  return own;
}

function budgetOf({ app: { preferences } }: MethodContext, method: 'email' | 'sms'): Budget {
  const sms = preferences.methods['sms-code'];
  const pace = paceOf(preferences);
  return method === 'sms'
    ? { limit: sms.smsPerHour, cooldownSeconds: sms.resendCooldownSeconds, windowSeconds: 3_600 }
    : { limit: pace.mailsPerHour, cooldownSeconds: pace.resendCooldownSeconds, windowSeconds: 3_600 };
}

/** The same for somebody who is sent nothing. */
export function heard(context: MethodContext, spent: object): MethodContext {
  return 'isWithheld' in spent ? { ...context, user: undefined } : context;
}
