import { paths } from '@portico/contract';
import { codeSms } from '../delivery/templates/code.sms.ts';
import { contactCodeMail } from '../delivery/templates/contact-code.mail.ts';
import { contactTakenMail } from '../delivery/templates/contact-taken.mail.ts';
import { methodEvent } from '../methods/method-event.ts';
import { checkOwnerIsHere } from '../mfa/check-owner-is-here.ts';
import type { NewContactChange } from '../model/contact.ts';
import type { ContactChangeId } from '../model/ids.ts';
import { checkRecentProof } from '../sessions/recent-proof.ts';
import { findHolder } from '../users/contact-holder.ts';
import type { Asker, ContactDeps } from './contact-deps.ts';
import { contactCodeDigest, contactLinkDigest, type ContactAudience } from './contact-secrets.ts';
import { mailInputOf } from '../delivery/templates/mail-input-of.ts';
import { spendSend } from './spend-send.ts';
import type { WantedContact } from './wanted-contact.ts';

/** A change that waits for its proof. */
export interface BegunChange {
  readonly change: NewContactChange;
  readonly codeLength: number;
  /** When another may be asked for. */
  readonly resendAt: Date;
}

/**
 * Writes to the contact that somebody wants for their account. Whether another account has it makes no difference to whoever
 * asks: the same statements run and the same is answered. Its owner is told by mail; an SMS is paid for, and none goes out.
 *
 * @throws {AuthError} `reauthentication_required`, and what budgets refuse.
 */
export async function beginChange(asker: Asker, wanted: WantedContact, deps: ContactDeps): Promise<BegunChange> {
  checkRecentProof(asker.session, deps);
  await checkOwnerIsHere(asker.session, await deps.store.apps.list(), deps.store);
  const resendAt = await spendSend(asker, wanted, deps);
  const holder = await findHolder(wanted, deps.store);
  const isTaken = holder !== undefined && holder.id !== asker.session.userId && holder[wanted.kind]?.verifiedAt !== undefined;
  const made = newChange(asker, wanted, { audience: isTaken ? 'nobody' : 'asker', ...deps });
  await deps.store.transaction(async (store) => {
    await store.contactChanges.insert(made.change);
    await send({ asker, wanted, made, isTaken }, { ...deps, store });
    await store.audit.insert({
      ...methodEvent('contact_change_asked', { app: asker.app, client: asker.client, flow: asker }, deps),
      userId: asker.session.userId, sessionId: asker.session.id, detail: { kind: wanted.kind },
    });
  });
  deps.outbox.nudge();
  return { change: made.change, codeLength: settingsOf(asker, wanted.kind).codeLength, resendAt };
}

interface Made {
  readonly change: NewContactChange;
  readonly code: string;
  readonly secret: string;
}

/** Those of the codes of sign-ins, whether or not that method is on. */
export function settingsOf({ app }: Pick<Asker, 'app'>, kind: NewContactChange['kind']): { readonly codeLength: number; readonly lifetimeSeconds: number; readonly attempts: number } {
  return app.preferences.methods[kind === 'email' ? 'email-code' : 'sms-code'];
}

function newChange(asker: Asker, wanted: WantedContact, { audience, random, vault, clock }: ContactDeps & { readonly audience: ContactAudience }): Made {
  const { session, client } = asker;
  const { codeLength, lifetimeSeconds, attempts } = settingsOf(asker, wanted.kind);
  const createdAt = clock.now();
  const code = random.digits(codeLength);
  const secret = random.secret();
  const { kind, typed, canonical } = wanted;
  const bound = { id: random.id() as ContactChangeId, userId: session.userId, sessionId: session.id, kind, canonical };
  const isLinked = kind === 'email' && audience === 'asker';
  const change: NewContactChange = {
    ...bound,
    clientId: client.id,
    typed,
    codeDigest: contactCodeDigest(code, bound, { audience, vault }),
    ...(isLinked ? { linkDigest: contactLinkDigest(secret, vault) } : {}),
    attemptsLeft: attempts,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + lifetimeSeconds * 1_000),
  };
  return { change, code, secret };
}

interface Sending {
  readonly asker: Asker;
  readonly wanted: WantedContact;
  readonly made: Made;
  readonly isTaken: boolean;
}

async function send({ asker, wanted, made, isTaken }: Sending, { outbox, store, issuer, clock }: ContactDeps): Promise<void> {
  const { change, code, secret } = made;
  const { expiresAt, createdAt } = change;
  if (wanted.kind === 'email') {
    const input = mailInputOf(wanted.canonical, asker, { issuer, clock });
    const mail = isTaken ? contactTakenMail(input) : contactCodeMail({ ...input, expiresAt, code, link: `${issuer}${paths.contactLink}/${secret}` });
    return outbox.queue(mail, { expiresAt }, store);
  }
  const written = codeSms({
    to: wanted.canonical, code, appName: asker.app.name, language: asker.language, pageHost: new URL(issuer).hostname, requestedAt: createdAt, expiresAt,
  });
  return outbox.queueSms(isTaken ? undefined : written, { expiresAt }, store);
}
