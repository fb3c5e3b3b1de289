import type { IdentifyView } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { isolate, type FirstCopy } from '../copy/copy.ts';
import type { Fault, FaultCode } from '../flow/outcome.ts';
import { secondButton, submitButton, textButton } from '../parts/button.ts';
import { crossDeviceWay } from '../parts/cross-device.ts';
import { field } from '../parts/field.ts';
import { icon } from '../parts/icons.ts';
import { loadedParts } from '../parts/loaded-parts.ts';
import { read, stepForm } from '../parts/step-form.ts';
import { whole } from '../parts/whole.ts';
import type { FirstContext } from './view-context.ts';

/** Faults that belong to the address or the number and are shown at it. */
const ofField: readonly FaultCode[] = ['email_malformed', 'phone_malformed', 'identifier_malformed', 'sms_unavailable', 'identifier_missing', 'field_missing', 'field_invalid'];

/** The person types an address or a number, or answers with a passkey at once. */
export function identifyView(view: IdentifyView, context: FirstContext): TemplateResult {
  const { copy, kind, fault } = context;
  const app = context.preferences?.branding.app_name ?? '';
  const isAtField = fault !== undefined && ofField.includes(fault.code);
  const takesAddress = view.identifiers.length > 0;
  const passkey = passkeyButton(view, context, takesAddress);
  const submit = (form: HTMLFormElement): void => {
    const identifier = read(form, 'identifier').trim();
    if (identifier === '') context.refuse({ code: kindOf(view) === 'email' ? 'identifier_missing' : 'field_missing' });
    else context.act('submit-identifier', { identifier }, (next) => loadedParts.providers?.followRoute(next, context));
  };
  return stepForm(context, {
    step: view.step,
    title: (kind === 'sign-up' ? copy.signUpTo : kind === 'recover' ? copy.recover : copy.signInTo)(app),
    showsFaultItself: isAtField,
    onSubmit: submit,
    body: html`
      ${signedInAs(view, context)}
      ${takesAddress
        ? html`${identifierField(view, context, isAtField ? fault : undefined)}
          ${submitButton({ label: copy.continue, isBusy: context.busy === 'submit-identifier', name: 'submit-identifier' })}`
        : nothing}
      ${passkey} ${crossDeviceWay(view, context)} ${kind === 'recover' ? nothing : loadedParts.providers?.providerButtons(context, takesAddress && passkey === nothing) ?? nothing}
    `,
    foot: kindSwitch(view, context),
  });
}

type FieldKind = 'email' | 'phone' | 'either';

const kindOf = ({ identifiers: [only, ...others] }: IdentifyView): FieldKind => (others.length > 0 ? 'either' : only === 'phone' ? 'phone' : 'email');

/** A username comes beside what can be written to, and never alone. */
function labelOf({ identifiers }: IdentifyView, copy: FirstCopy): string {
  const [one, other] = identifiers;
  const label = one === 'phone' ? copy.phoneLabel : other === 'phone' ? copy.emailOrPhoneLabel : copy.emailLabel;
  return identifiers.includes('username') ? label + copy.orUsername : label;
}

/** `webauthn` must come last (SimpleWebAuthn#451). A number is no user name to a browser: `tel` has it offer the person's own. */
const inputs = {
  email: { type: 'email', inputmode: 'email', autocomplete: 'username webauthn' },
  phone: { type: 'tel', inputmode: 'tel', autocomplete: 'tel webauthn' },
  either: { type: 'text', inputmode: 'email', autocomplete: 'username webauthn' },
} as const satisfies Record<FieldKind, object>;

function identifierField(view: IdentifyView, context: FirstContext, fault: Fault | undefined): TemplateResult {
  const { copy } = context;
  const { type, inputmode, autocomplete } = inputs[kindOf(view)];
  const value = context.draft || (view.identifier ?? '');
  return field(context, {
    name: 'identifier',
    label: labelOf(view, copy),
    fault,
    // The value is written when a view arrives, never while somebody types.
    input: (described) => html`
      <input class="al-input" id=${context.id('identifier')} name="identifier" type=${type} inputmode=${inputmode} autocomplete=${autocomplete}
        autocapitalize="none" spellcheck="false" required dir="ltr" data-autofocus .value=${value}
        aria-invalid=${fault === undefined ? nothing : 'true'} aria-describedby=${described} @focus=${() => context.passkeys.arm()} />
    `,
  });
}

function signedInAs(view: IdentifyView, context: FirstContext): TemplateResult | typeof nothing {
  if (view.signed_in_as === undefined || context.kind === 'sign-up') return nothing;
  const { copy } = context;
  return html`
    <div class="al-person">
      ${secondButton({ label: html`${whole(copy.continueAs(isolate(view.signed_in_as)))}`, isBusy: context.busy === 'approve', name: 'approve' }, () => context.act('approve', {}))}
      <p class="al-divider">${copy.or}</p>
    </div>
  `;
}

function passkeyButton(view: IdentifyView, context: FirstContext, takesAddress: boolean): TemplateResult | typeof nothing {
  const { copy, passkeys } = context;
  const isSignUp = context.kind === 'sign-up';
  const isOffered = isSignUp ? context.preferences?.sign_up.with_passkey_alone === true : view.passkey !== undefined;
  if (!isOffered || !view.methods.includes('passkey')) return nothing;
  if (passkeys.support === 'web-view') return html`<p class="al-hint">${copy.passkeyInWebView}</p>`;
  if (passkeys.support === 'none') return takesAddress ? nothing : html`<p class="al-hint">${copy.errors.passkey_unsupported}</p>`;
  const isLast = context.lastMethod === 'passkey' && view.methods.length > 1;
  const label = html`${isSignUp ? copy.signUpWithPasskey : copy.signInWithPasskey}${isLast ? html` <span class="al-badge">${copy.lastUsed}</span>` : nothing}`;
  const options = { label, icon: icon('passkey'), isBusy: passkeys.pending === 'ask' || context.busy === 'submit-passkey', name: 'passkey' };
  return html`
    ${takesAddress ? html`<p class="al-divider">${copy.or}</p>` : nothing}
    ${isSignUp ? secondButton(options, () => signUp(context)) : secondButton(options, () => passkeys.ask())}
    ${isLast ? html`<p class="al-not-me">${textButton(copy.notMe, () => context.forgetPerson(), { name: 'forget' })}</p>` : nothing}
  `;
}

/** The address, if one was typed, names the new passkey; without one the server picks a name. */
function signUp(context: FirstContext): void {
  const name = (context.typed('identifier') ?? context.draft).trim();
  context.act('choose-method', { method: 'passkey', ...(name === '' ? {} : { display_name: name }) });
}

function kindSwitch(view: IdentifyView, context: FirstContext): TemplateResult | typeof nothing {
  const { copy, kind } = context;
  if (kind === 'sign-up' || kind === 'recover') {
    return html`<p class="al-switch">${kind === 'sign-up' ? copy.haveAccount : nothing} ${textButton(copy.signInInstead, () => context.switchKind('sign-in'), { name: 'switch' })}</p>`;
  }
  if (!view.may_sign_up) return nothing;
  return html`<p class="al-switch">${copy.noAccount} ${textButton(copy.createAccount, () => context.switchKind('sign-up'), { name: 'switch' })}</p>`;
}
