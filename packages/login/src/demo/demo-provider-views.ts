import type { FlowView, IdentifyView, LeaveToProviderView, MailSentView, ProviderBrand, ProviderView } from '@portico/contract';
import type { DemoName } from './demo-names.ts';

const known = (
  [['google', 'Google'], ['apple', 'Apple'], ['microsoft', 'Microsoft'], ['github', 'GitHub']] as const satisfies readonly (readonly [ProviderBrand, string])[]
).map(([id, name]) => ({ id, name, brand: id }));
const acme: ProviderView = { id: 'acme', name: 'Acme Works' };

/** Some that everybody knows, and one that has no sign. */
export const demoProviders: readonly ProviderView[] = [...known, acme];

type ProviderDemoName = Extract<DemoName, `${string}provider${string}`>;

export const isOfProviders = (name: DemoName): name is ProviderDemoName => name.includes('provider');

/** The views that only an app with providers has, made of those that every app has. */
export function demoProviderView(name: ProviderDemoName, { identify, sent }: { readonly identify: IdentifyView; readonly sent: MailSentView }): FlowView {
  const { kind, flow_expires_at } = identify;
  const first: IdentifyView = { ...identify, methods: [...identify.methods, 'social'] };
  const leave: LeaveToProviderView = { kind, flow_expires_at, step: 'leave-to-provider', provider: known[0] ?? acme, other_methods: ['passkey'] };
  switch (name) {
    case 'identify-with-providers':
      return first;
    case 'identify-linking-provider':
      return { ...first, linking: { provider: acme, reason: 'email_needed' } };
    case 'leave-to-provider':
      return leave;
    case 'leave-to-provider-cancelled':
      return { ...leave, problem: 'provider_cancelled' };
    case 'choose-method-link-provider':
      return { kind: 'link', flow_expires_at, step: 'choose-method', methods: ['social'], signed_in_as: 'robin@example.com' };
    case 'choose-method-prove-provider':
      return { kind: 'link', flow_expires_at, step: 'choose-method', methods: ['social'], stepping_up_as: 'robin@example.com', prove_at: known.slice(0, 1) };
    case 'leave-to-provider-taken':
      return { ...leave, kind: 'link', problem: 'provider_account_taken', other_methods: [] };
    case 'done-link-provider':
      return { kind: 'link', flow_expires_at, step: 'done', new_user: false };
    case 'enter-code-linking-provider':
      return { ...sent, step: 'enter-code', method: 'email-code', code_length: 6, attempts_left: 4, has_link: false, linking: { provider: acme, reason: 'account_exists' } };
  }
}
