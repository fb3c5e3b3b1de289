/**
 * Everything of providers that a first screen may show. Fetched only where an app has some on.
 *
 * Owns: the buttons, the way out of this page or into another window, what is said while an account waits to be linked.
 * Does not own: the way back, which is the server's; nothing is told from window to window.
 */
import type { FlowView, ProviderView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { isolate } from '../copy/copy.ts';
import { isWhole } from '../copy/load-copy.ts';
import { mayRedirect, parseUrl } from '../flow/may-redirect.ts';
import type { FirstContext } from '../steps/view-context.ts';
import { brandIcon } from './brand-icons.ts';
import { secondButton } from './button.ts';
import { icon } from './icons.ts';

/** A button for each provider: of these, or of all that the app has on. */
export function providerButtons(context: FirstContext, isAfterAddress: boolean, these?: readonly ProviderView[]): TemplateResult | typeof nothing {
  const { copy, preferences } = context;
  const providers = these ?? preferences?.methods.flatMap((method) => (method.name === 'social' ? method.providers : [])) ?? [];
  if (providers.length === 0 || !isWhole(copy) || context.linking !== undefined) return nothing;
  return html`
    ${isAfterAddress ? html`<p class="al-divider">${copy.or}</p>` : nothing}
    ${providers.map((provider) =>
      secondButton({ label: copy.continueWith(isolate(provider.name)), icon: brandIcon(provider.brand), name: `provider-${provider.id}` }, () =>
        leaveTo(provider, context),
      ),
    )}
  `;
}

/** The person came back with an account that is nobody's yet: what they do next links it. */
export function linkingNotice({ linking, copy }: FirstContext): TemplateResult | typeof nothing {
  if (linking === undefined || !isWhole(copy)) return nothing;
  const provider = isolate(linking.provider.name);
  const text = linking.reason === 'account_exists' ? copy.linkingExists(provider) : copy.linkingEmail(provider);
  return html`<div class="al-notice al-calm" data-linking=${linking.reason}>${icon('alert')}<p>${text}</p></div>`;
}

/**
 * Goes to a provider. The issuer's own page goes itself: it loses nothing, for its request brings it back to where the flow
 * is. Any other page stays, and a window that is opened now, by the person's own press, goes; where none opens, a page whose
 * request was pushed goes itself after all.
 */
export function leaveTo(provider: ProviderView, context: FirstContext): void {
  // A page that links is not where it was after a way there and back: its flow is another one then.
  const mayGo = context.kind === 'link' ? context.isHosted : context.beginning?.request.request_uri !== undefined;
  const page = context.isHosted ? null : openWindow();
  if (page === null && !mayGo) return context.refuse({ code: 'window_blocked' });
  const comingBack = page === null ? { return_to: location.href.split('#')[0] ?? '' } : {};
  context.act('choose-method', { method: 'social', provider: provider.id, ...comingBack }, (view) => go(view, page, context));
}

/** An address led to a provider: the issuer's own page goes there at once, any other waits for the press that opens a window. */
export function followRoute(view: FlowView | undefined, context: FirstContext): void {
  if (view?.step === 'leave-to-provider' && view.problem === undefined && context.isHosted) leaveTo(view.provider, context);
}

/** Empty, until it is known where to. It must not find its way back to this page. */
function openWindow(): Window | null {
  const page = window.open('about:blank', '_blank', 'popup,width=500,height=720');
  if (page !== null) page.opener = null;
  return page;
}

/** Only ever to the issuer, which knows where the provider is. */
function go(view: FlowView | undefined, page: Window | null, { beginning }: FirstContext): void {
  const target = view?.step === 'leave-to-provider' && view.leave_to !== undefined ? parseUrl(view.leave_to) : undefined;
  if (target === undefined || !mayRedirect(target, [beginning?.issuer ?? ''])) return page?.close();
  if (page === null) location.assign(target.href);
  else page.location.replace(target.href);
}
