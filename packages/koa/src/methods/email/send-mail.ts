import { AuthError } from '../../model/auth-error.ts';
import { nameOf } from '../../model/flow-subject.ts';
import type { Begun, MethodContext } from '../method.ts';
import { findCodeLock } from './code-lock.ts';
import { maySignIn } from '../may-sign-in.ts';
import { methodEvent } from '../method-event.ts';
import type { EmailDeps } from './email-deps.ts';
import type { NewCode } from '../one-time-code.ts';
import { purposeOf } from '../purpose-of.ts';
import { newCode, newLink, type NewLink } from './new-challenges.ts';
import { writeMail, type MailLoad } from './write-mail.ts';

function loadOf(code: NewCode | undefined, link: NewLink | undefined): MailLoad {
  const ends = [code, link].flatMap((part) => (part === undefined ? [] : [part.challenge.expiresAt.getTime()]));
  return {
    ...(code === undefined ? {} : { code }),
    ...(link === undefined ? {} : { link }),
    // One mail says one moment: the earlier.
    expiresAt: new Date(Math.min(...ends)),
  };
}

async function makeLoad(context: MethodContext, deps: EmailDeps): Promise<MailLoad> {
  const { 'email-code': codes, 'magic-link': { isOn: hasLinks } } = context.app.preferences.methods;
  // A second factor is typed where the first was: a link would be answered elsewhere. One that goes elsewhere would prove where it went.
  const links = { isOn: hasLinks && context.asksSecond !== true && context.detour === undefined };
  if (!codes.isOn && !links.isOn) throw new AuthError('method_disabled');
  const lockedUntil = await findCodeLock(context, deps);
  const mayCarryCode = codes.isOn && lockedUntil === undefined;
  if (!mayCarryCode && !links.isOn) throw new AuthError('too_many_attempts');
  return loadOf(mayCarryCode ? newCode(context, deps) : undefined, links.isOn ? newLink(context, deps) : undefined);
}

function begunOf({ code, link }: MailLoad): Begun {
  return {
    challenges: {
      ...(code === undefined ? {} : { 'email-code': code.challenge.id }),
      ...(link === undefined ? {} : { 'magic-link': link.challenge.id }),
    },
    ...(link === undefined ? {} : { matchNumber: link.matchNumber }),
  };
}

/**
 * Ends the flow's open code and link, makes new ones and queues their mail, all or nothing. While the address is
 * locked for codes only a link goes out. An address that cannot sign in costs the same statements and gets a mail that
 * says so, with nothing in it to answer with. For a name that cannot, nothing goes out, nor elsewhere for anybody who cannot.
 *
 * The mail is filed under the code's challenge, or the link's where there is no code.
 *
 * @throws {AuthError} `method_disabled`; `too_many_attempts` if codes are locked and links are off.
 */
export async function sendMail(context: MethodContext, deps: EmailDeps): Promise<Begun> {
  const load = await makeLoad(context, deps);
  const written = writeMail(context, load, deps);
  // Only whoever named an address is told at it that it has no account.
  const isToNamed = nameOf(context.flow) === undefined && context.detour === undefined;
  const mail = isToNamed || maySignIn(context) ? written : undefined;
  const challenges = [load.code, load.link].flatMap((part) => (part === undefined ? [] : [part.challenge]));
  const [filedUnder] = challenges;
  await deps.store.transaction(async (store) => {
    await store.challenges.replace(context.flow.id, ['email-code', 'magic-link'], purposeOf(context));
    for (const challenge of challenges) await store.challenges.insert(challenge);
    await deps.outbox.queue(
      mail,
      { expiresAt: load.expiresAt, ...(filedUnder === undefined ? {} : { challengeId: filedUnder.id }) },
      store,
    );
    await store.audit.insert(methodEvent(mail === undefined ? 'mail_withheld' : 'mail_queued', context, deps));
  });
  deps.outbox.nudge();
  return begunOf(load);
}
