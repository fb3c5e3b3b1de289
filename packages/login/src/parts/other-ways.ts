import type { MethodName } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../steps/view-context.ts';
import { secondButton } from './button.ts';
import { icon } from './icons.ts';
import { stepIcon } from './step-icons.ts';

const icons = { 'email-code': stepIcon('code'), 'magic-link': stepIcon('mail'), passkey: icon('passkey'), password: stepIcon('lock'), 'sms-code': stepIcon('phone'), totp: stepIcon('app'), 'recovery-code': stepIcon('paper'), 'access-code': stepIcon('code'), social: stepIcon('door') } satisfies Record<MethodName, TemplateResult>;

/** The ways that this browser can go: no passkey where none can work. */
export function possible(methods: readonly MethodName[], { passkeys }: ViewContext): readonly MethodName[] {
  const hasNone = passkeys.support === 'none' || passkeys.support === 'web-view';
  return methods.filter((method) => method !== 'passkey' || !hasNone);
}

/** Buttons for the other ways, in the order of the server. */
export function otherWays(methods: readonly MethodName[], context: ViewContext, label = context.copy.otherWays): TemplateResult | typeof nothing {
  const ways = possible(methods, context);
  if (ways.length === 0) return nothing;
  return html`
    <div class="al-ways" role="group" aria-labelledby=${context.id('ways')}>
      <p class="al-divider" id=${context.id('ways')}>${label}</p>
      ${ways.map((method) =>
        secondButton({ label: context.copy.methods[method], icon: icons[method], name: `method-${method}` }, () =>
          context.act('choose-method', { method }),
        ),
      )}
    </div>
  `;
}

/** The drawing of a method. */
export const methodIcon = (method: MethodName): TemplateResult => icons[method];
