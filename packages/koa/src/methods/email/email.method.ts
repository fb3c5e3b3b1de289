/**
 * The two e-mail methods, code and link: one mail carries both.
 *
 * Owns: what is in the mail, what answers it, how often it may be answered and sent.
 * Does not own: whose address it is (users), what follows (flows), how mail gets out (delivery).
 */
import type { Challenge } from '../../model/challenge.ts';
import type { Spent } from '../../ports/limits.ts';
import type { Method, MethodContext } from '../method.ts';
import { answerOneTimeCode } from '../one-time-code.ts';
import { answerLink } from './answer-link.ts';
import { findCodeLock } from './code-lock.ts';
import { emailCodeChannel } from './email-code-channel.ts';
import type { EmailDeps } from './email-deps.ts';
import { findLink } from './find-link.ts';
import { spendSend } from './mail-pace.ts';
import { checkMatchNumber } from '../match-number.ts';
import { sendMail } from './send-mail.ts';

/** What a person gives back of a mail: the digits as they typed them, or the link's secret. */
export type EmailAnswer =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'link'; readonly secret: string };

/** The e-mail methods, and what flows ask beside `begin` and `answer`. */
export interface EmailMethod extends Method<EmailAnswer> {
  /** Takes one of the hour's mails, before `begin`; or says when the next may go. */
  spendSend(context: MethodContext): Promise<Spent>;
  /** Until when no code of this address is judged. If links are off too, `begin` must not be called until then. */
  findCodeLock(context: MethodContext): Promise<Date | undefined>;
  /** The challenge of a link, for its landing page. @throws {AuthError} the reason, if it opens nothing any more. */
  findLink(secret: string): Promise<Challenge>;
  /** @throws {AuthError} `link_number_wrong`, or `too_many_attempts` when the link has ended with it. */
  checkMatchNumber(challenge: Challenge, typed: string): Promise<void>;
}

/** The e-mail methods over a store and an outbox. */
export function createEmailMethod(deps: EmailDeps): EmailMethod {
  return {
    begin: (context) => sendMail(context, deps),
    answer: (context, challenge, answer) =>
      answer.kind === 'code'
        ? answerOneTimeCode({ context, challenge }, answer.code, { ...deps, channel: emailCodeChannel(context, deps) })
        : answerLink({ context, challenge }, answer.secret, deps),
    spendSend: (context) => spendSend(context, deps),
    findCodeLock: (context) => findCodeLock(context, deps),
    findLink: (secret) => findLink(secret, deps),
    checkMatchNumber: (challenge, typed) => checkMatchNumber(challenge, typed, deps),
  };
}
