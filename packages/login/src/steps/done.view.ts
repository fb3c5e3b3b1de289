import type { DoneView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { mayRedirect, parseUrl } from '../flow/may-redirect.ts';
import { textButton } from '../parts/button.ts';
import { icon } from '../parts/icons.ts';
import { faultNotice } from '../parts/notice.ts';
import type { ViewContext } from './view-context.ts';

/** The end. No form any more: that is how password managers see that it worked. */
export function draw(view: DoneView, context: ViewContext): TemplateResult {
  const { copy, fault } = context;
  const isStuck = fault !== undefined;
  const isElsewhere = view.is_elsewhere === true;
  const good = isElsewhere ? copy.doneElsewhere : view.kind === 'link' ? copy.accountDone : copy.doneTitle;
  return html`
    <div class="al-form al-done" data-step="done">
      <div class="al-emblem al-good">${icon(isStuck ? 'alert' : 'check')}</div>
      <div class="al-head">
        <div class="al-title" id=${context.id('title')} role="heading" aria-level=${context.headingLevel} tabindex="-1">
          ${isStuck ? copy.stoppedTitle : good}
        </div>
        ${isStuck ? nothing : html`<p class="al-lead">${leadOf(view, context)}</p>`}
      </div>
      ${faultNotice(context)}
      ${isStuck ? html`<p class="al-switch">${textButton(copy.startAgain, () => context.startAgain(), { name: 'start-again' })}</p>` : nothing}
      ${isElsewhere && !isStuck && mayGoOn(context) ? html`<p class="al-switch">${textButton(copy.continue, () => goOn(context), { name: 'go-on' })}</p>` : nothing}
    </div>
  `;
}

function leadOf(view: DoneView, { copy }: ViewContext): string {
  if (view.is_elsewhere === true) return copy.doneElsewhereHint;
  return view.redirect_to === undefined ? copy.doneStaying : copy.doneLeaving;
}

/** The hosted page has nowhere to go: its request ended with the other window, and loading it again would only fail. */
const mayGoOn = ({ returnTo, isHosted }: ViewContext): boolean => returnTo !== undefined || !isHosted;

/** This browser has the session too, so the page need only look again. Only ever to the page's own origin. */
function goOn({ returnTo }: ViewContext): void {
  const target = returnTo === undefined ? undefined : parseUrl(returnTo);
  if (target !== undefined && mayRedirect(target, [location.origin])) location.assign(target.href);
  else location.reload();
}
