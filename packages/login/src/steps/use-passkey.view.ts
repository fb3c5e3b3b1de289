import type { UsePasskeyView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { asked, back } from '../parts/back.ts';
import { submitButton } from '../parts/button.ts';
import { crossDeviceWay } from '../parts/cross-device.ts';
import { icon } from '../parts/icons.ts';
import { helpLink } from '../parts/help-link.ts';
import { otherWays } from '../parts/other-ways.ts';
import { deviceWish, rememberDevice } from '../parts/remember-device.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** The browser asks for a passkey. Every way out stays open while it does. */
export function draw(view: UsePasskeyView, context: ViewContext): TemplateResult {
  const { copy, passkeys } = context;
  const isAsking = passkeys.pending === 'ask' || context.busy === 'submit-passkey';
  const isUnable = passkeys.support === 'none' || passkeys.support === 'web-view';
  const reason = passkeys.support === 'web-view' ? copy.passkeyInWebView : copy.errors.passkey_unsupported;
  return stepForm(context, {
    step: view.step,
    title: copy.passkeyTitle,
    lead: asked(isUnable ? reason : isAsking ? copy.passkeyAsking : copy.passkeyHint, context),
    onSubmit: (form) => passkeys.ask(deviceWish(form)),
    body: html`
      <div class=${isAsking ? 'al-emblem al-is-asking' : 'al-emblem'}>${icon('passkey')}</div>
      ${rememberDevice(view.remember_days, context)} ${isUnable ? nothing : submitButton({ label: copy.passkeyAgain, isBusy: isAsking, name: 'passkey' })}
    `,
    foot: html`
      ${crossDeviceWay(view, context)} ${otherWays(view.other_methods, context)} ${helpLink(view.support_url, context)}
      ${back(context)}
    `,
  });
}
