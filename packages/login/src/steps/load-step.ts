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

async function loadView(step: Exclude<StepName, 'identify'>): Promise<void> {
  if (loadedViews[step] !== undefined) return;
  if (step === 'enter-access-code') return loadAccessCode();
  if (step === 'complete-profile') return loadProfile();
  switch (step) {
    case 'choose-method':
      loadedViews[step] = (await import('./choose-method.view.ts')).chooseMethodView;
      return;
    case 'enter-code':
      loadedViews[step] = (await import('./enter-code.view.ts')).enterCodeView;
      return;
    case 'wait-for-link':
      loadedViews[step] = (await import('./wait-for-link.view.ts')).waitForLinkView;
      return;
    case 'use-passkey':
      loadedViews[step] = (await import('./use-passkey.view.ts')).usePasskeyView;
      return;
    case 'enroll-passkey':
      loadedViews[step] = (await import('./enroll-passkey.view.ts')).enrollPasskeyView;
      return;
    case 'consent':
      loadedViews[step] = (await import('./consent.view.ts')).consentView;
      return;
    case 'blocked':
      loadedViews[step] = (await import('./blocked.view.ts')).blockedView;
      return;
    case 'done':
      loadedViews[step] = (await import('./done.view.ts')).doneView;
      return;
    case 'enter-password':
      loadedViews[step] = (await import('./enter-password.view.ts')).enterPasswordView;
      return;
    case 'set-password':
      loadedViews[step] = (await import('./set-password.view.ts')).setPasswordView;
      return;
    case 'leave-to-provider':
      loadedViews[step] = (await import('./leave-to-provider.view.ts')).leaveToProviderView;
      return;
    case 'second-factor':
      loadedViews[step] = (await import('./second-factor.view.ts')).secondFactorView;
      return;
    case 'enter-totp':
      loadedViews[step] = (await import('./enter-totp.view.ts')).enterTotpView;
      return;
    case 'enter-recovery-code':
      loadedViews[step] = (await import('./enter-recovery-code.view.ts')).enterRecoveryCodeView;
      return;
    case 'enroll-totp':
      loadedViews[step] = (await import('./enroll-totp.view.ts')).enrollTotpView;
      return;
    case 'show-recovery-codes':
      loadedViews[step] = (await import('./show-recovery-codes.view.ts')).showRecoveryCodesView;
      return;
    case 'approve':
      loadedViews[step] = (await import('./approve.view.ts')).approveView;
      return;
    default:
      step satisfies never;
      loadedViews.unknown = (await import('./unknown-step.view.ts')).unknownStepView;
  }
}

async function loadProfile(): Promise<void> {
  loadedViews['complete-profile'] = (await import('./complete-profile.view.ts')).completeProfileView;
}

async function loadAccessCode(): Promise<void> {
  loadedViews['enter-access-code'] = (await import('./enter-access-code.view.ts')).enterAccessCodeView;
}
