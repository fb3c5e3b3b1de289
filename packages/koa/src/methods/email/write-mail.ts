import { paths } from '@portico/contract';
import { codeAndLinkMail } from '../../delivery/templates/code-and-link.mail.ts';
import { codeMail } from '../../delivery/templates/code.mail.ts';
import { contactCodeMail } from '../../delivery/templates/contact-code.mail.ts';
import { contactTakenMail } from '../../delivery/templates/contact-taken.mail.ts';
import { linkMail } from '../../delivery/templates/link.mail.ts';
import type { MailInput } from '../../delivery/templates/mail-input.ts';
import { mailInputOf } from '../../delivery/templates/mail-input-of.ts';
import { noAccountMail } from '../../delivery/templates/no-account.mail.ts';
import type { Mail } from '../../model/mail.ts';
import { maySignIn } from '../may-sign-in.ts';
import type { MethodContext } from '../method.ts';
import type { NewCode } from '../one-time-code.ts';
import { purposeOf } from '../purpose-of.ts';
import { addressOf } from './address-of.ts';
import type { EmailDeps } from './email-deps.ts';
import type { NewLink } from './new-challenges.ts';

/** What a mail carries: a code, a link, or both. */
export interface MailLoad {
  readonly code?: NewCode;
  readonly link?: NewLink;
  /** The mail, and all that it carries, is worth nothing after this. */
  readonly expiresAt: Date;
}

function linkUrl({ secret }: NewLink, issuer: string): string {
  return `${issuer}${paths.link}/${secret}`;
}

/** The mail of a sign-in, of a recovery, or to an address that is added. It goes to the canonical address: what was compared is what is written to. */
export function writeMail(context: MethodContext, load: MailLoad, { issuer, clock }: EmailDeps): Mail {
  const { app, flow } = context;
  const { code, link, expiresAt } = load;
  const { language, origin } = flow;
  const input: MailInput = {
    ...mailInputOf(addressOf(context), { app, language, origin }, { issuer, clock }),
    ...(purposeOf(context) === 'recover' ? { isRecovery: true } : {}),
  };
  if (context.adds?.isTaken === true) return contactTakenMail(input);
  if (!maySignIn(context)) return noAccountMail(input);
  if (context.adds !== undefined && code !== undefined) return contactCodeMail({ ...input, expiresAt, code: code.code });
  if (code !== undefined && link !== undefined) {
    return codeAndLinkMail({ ...input, expiresAt, code: code.code, link: linkUrl(link, issuer) });
  }
  if (code !== undefined) return codeMail({ ...input, expiresAt, code: code.code });
  if (link !== undefined) return linkMail({ ...input, expiresAt, link: linkUrl(link, issuer) });
  throw new Error('A mail of a sign-in carries a code or a link.');
}
