import type { EnterCodeView, WaitForLinkView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import { asClock } from '../flow/clock.ts';
import type { ViewContext } from '../steps/view-context.ts';
import { asked, back, change } from './back.ts';
import { textButton } from './button.ts';
import { helpLink } from './help-link.ts';
import { otherWays } from './other-ways.ts';
import { whole } from './whole.ts';

type MailView = EnterCodeView | WaitForLinkView;

/** Where the mail or the SMS went, and a way to correct it that keeps what was typed. */
export function sentTo(view: MailView, context: ViewContext): string | TemplateResult | undefined {
  const { copy } = context;
  if (isSms(view)) return sent(view, { text: copy.smsSendingTo(isolate(view.sent_to)), fullName: copy.changeNumber }, context);
  const address = isolate(view.sent_to);
  const isCode = view.step === 'enter-code';
  const texts = {
    sent: isCode ? copy.codeSentTo(address) : copy.linkSentTo(address),
    sending: isCode ? copy.codeSendingTo(address) : copy.linkSendingTo(address),
    delayed: copy.codeDelayed(address),
  };
  return sent(view, { text: texts[view.delivery], fullName: copy.changeAddress }, context);
}

const sent = (view: MailView, { text, fullName }: { text: string; fullName: string }, context: ViewContext): string | TemplateResult | undefined =>
  asked(html`<span>${whole(text)}</span> ${isNew(view) ? textButton(context.copy.change, () => context.act('choose-method', { method: view.method }), { name: 'change', fullName }) : isSecond(view) ? nothing : change(fullName, context)}`, context);

/** It went to the person's own, beside the first factor: there is nothing to correct. */
const isSecond = (view: MailView): view is EnterCodeView => view.step === 'enter-code' && view.is_second === true;

/** It is theirs once it is proved, and can be typed again until then. */
const isNew = (view: MailView): boolean => isSecond(view) && view.is_new === true;

/** Whether the digits come by SMS. */
export const isSms = (view: MailView): boolean => view.method === 'sms-code';

/** Whole minutes until the mail is worth nothing; 0 when it is. */
export const minutesLeft = (view: MailView, { now }: ViewContext): number => Math.max(0, Math.ceil((Date.parse(view.expires_at) - now) / 60_000));

/** A new mail or SMS, help if nothing arrives, and the other ways. The countdown is for the eye only: nothing announces it. */
export function mailFoot(view: MailView, context: ViewContext): TemplateResult {
  const { copy } = context;
  return html`
    ${resend(view, context)}
    <details class="al-help">
      <summary>${copy.nothingArrived}</summary>
      <p>${isSms(view) ? copy.smsHint : copy.spamHint}</p>
    </details>
    ${otherWays(view.other_methods, context, isNew(view) ? copy.or : copy.otherWays)} ${isSecond(view) ? html`${helpLink(view.support_url, context)}${back(context)}` : nothing}
  `;
}

function resend(view: MailView, context: ViewContext): TemplateResult {
  const { copy } = context;
  const isCode = view.step === 'enter-code';
  const wait = view.resend_after_seconds - context.elapsed;
  if (view.resends_left === 0) return html`<p class="al-resend">${isSms(view) ? copy.smsResendNone : copy.resendNone}</p>`;
  if (wait > 0) return html`<p class="al-resend al-countdown">${copy.resendIn(isolate(asClock(wait)))}</p>`;
  return html`
    <p class="al-resend">
      ${textButton(isCode ? copy.resendCode : copy.resendLink, () => context.act('resend', {}), { name: 'resend' })}
      <span class="al-resend-note">${isCode ? copy.codeReplaces : copy.linkReplaces}</span>
    </p>
  `;
}
