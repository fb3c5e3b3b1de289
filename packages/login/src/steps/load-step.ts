import type { FlowView, LoginPreferencesView, StepName } from '@portico/contract';
import type { TemplateResult } from 'lit';
import { loadLaterTexts } from '../copy/load-copy.ts';
import { loadStepStyles } from '../light-form.ts';
import { loadedParts } from '../parts/loaded-parts.ts';
import { identifyView } from './identify.view.ts';
import type { FirstContext, ViewContext } from './view-context.ts';

/** A view: data in, template out. */
export type StepView<S extends StepName> = (view: Extract<FlowView, { step: S }>, context: S extends 'identify' ? FirstContext : ViewContext) => TemplateResult;
type StepViews = { -readonly [S in StepName]?: StepView<S> } & { unknown?: (context: ViewContext) => TemplateResult };

/** The views that are here. The first screen's comes with the element, each other one when it is first needed. */
export const loadedViews: StepViews = { identify: identifyView };

/** Fetches a step's view, what all later steps share, and what an app with providers has at each. */
export async function loadStep(step: StepName, preferences: LoginPreferencesView | undefined): Promise<void> {
  const hasProviders = preferences?.methods.some(({ name }) => name === 'social') === true;
  await Promise.all([
    ...(hasProviders ? [loadProviders()] : []),
    ...(step === 'identify' ? [] : [loadStepStyles(), loadLaterTexts(), loadView(step)]),
  ]);
}

/** Their texts are not among the first screen's: most apps have none. */
async function loadProviders(): Promise<void> {
  [loadedParts.providers] = await Promise.all([import('../parts/provider-ways.ts'), loadLaterTexts(), loadStepStyles()]);
}

type LaterStep = Exclude<StepName, 'identify'>;

/** Where each view is. Where a code goes that is to be added is typed just before it, so that the two come together. */
const views: { readonly [S in LaterStep]: () => Promise<StepView<S>> } = {
  'choose-method': async () => (await import('./choose-method.view.ts')).chooseMethodView,
  'enter-code': async () => (await import('./enter-code.view.ts')).enterCodeView,
  'enroll-contact': async () => (await import('./enter-code.view.ts')).enrollContactView,
  'wait-for-link': async () => (await import('./wait-for-link.view.ts')).waitForLinkView,
  'use-passkey': async () => (await import('./use-passkey.view.ts')).usePasskeyView,
  'enroll-passkey': async () => (await import('./enroll-passkey.view.ts')).enrollPasskeyView,
  'consent': async () => (await import('./consent.view.ts')).consentView,
  'blocked': async () => (await import('./blocked.view.ts')).blockedView,
  'done': async () => (await import('./done.view.ts')).doneView,
  'enter-password': async () => (await import('./enter-password.view.ts')).enterPasswordView,
  'set-password': async () => (await import('./set-password.view.ts')).setPasswordView,
  'leave-to-provider': async () => (await import('./leave-to-provider.view.ts')).leaveToProviderView,
  'second-factor': async () => (await import('./second-factor.view.ts')).secondFactorView,
  'enter-totp': async () => (await import('./enter-totp.view.ts')).enterTotpView,
  'enter-recovery-code': async () => (await import('./enter-recovery-code.view.ts')).enterRecoveryCodeView,
  'enter-access-code': async () => (await import('./enter-access-code.view.ts')).enterAccessCodeView,
  'enroll-totp': async () => (await import('./enroll-totp.view.ts')).enrollTotpView,
  'show-recovery-codes': async () => (await import('./show-recovery-codes.view.ts')).showRecoveryCodesView,
  'approve': async () => (await import('./approve.view.ts')).approveView,
};

async function loadView(step: LaterStep): Promise<void> {
  if (loadedViews[step] !== undefined) return;
  // A newer server may have steps that this widget does not know.
  if (Object.hasOwn(views, step)) Object.assign(loadedViews, { [step]: await views[step]() });
  else loadedViews.unknown = (await import('./unknown-step.view.ts')).unknownStepView;
}
