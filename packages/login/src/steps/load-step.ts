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
const views: { readonly [S in LaterStep]: () => Promise<{ readonly draw: StepView<S> }> } = {
  'choose-method': () => import('./choose-method.view.ts'),
  'enter-code': () => import('./enter-code.view.ts'),
  'enroll-contact': async () => ({ draw: (await import('./enter-code.view.ts')).drawContact }),
  'wait-for-link': () => import('./wait-for-link.view.ts'),
  'use-passkey': () => import('./use-passkey.view.ts'),
  'enroll-passkey': () => import('./enroll-passkey.view.ts'),
  'consent': () => import('./consent.view.ts'),
  'blocked': () => import('./blocked.view.ts'),
  'done': () => import('./done.view.ts'),
  'enter-password': () => import('./enter-password.view.ts'),
  'set-password': () => import('./set-password.view.ts'),
  'leave-to-provider': () => import('./leave-to-provider.view.ts'),
  'second-factor': () => import('./second-factor.view.ts'),
  'enter-totp': () => import('./enter-totp.view.ts'),
  'enter-recovery-code': () => import('./enter-recovery-code.view.ts'),
  'enter-access-code': () => import('./enter-access-code.view.ts'),
  'enroll-totp': () => import('./enroll-totp.view.ts'),
  'show-recovery-codes': () => import('./show-recovery-codes.view.ts'),
  'complete-profile': () => import('./complete-profile.view.ts'),
  'approve': () => import('./approve.view.ts'),
};

/** Whether this widget knows a later step. */
export const hasView = (step: LaterStep): boolean => Object.hasOwn(views, step);

async function loadView(step: LaterStep): Promise<void> {
  if (loadedViews[step] !== undefined) return;
  // A newer server may have steps that this widget does not know.
  if (hasView(step)) Object.assign(loadedViews, { [step]: (await views[step]()).draw });
  else loadedViews.unknown = (await import('./unknown-step.view.ts')).draw;
}
