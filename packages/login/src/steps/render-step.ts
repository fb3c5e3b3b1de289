import type { FlowView } from '@portico/contract';
import { nothing, type TemplateResult } from 'lit';
import { isWhole } from '../copy/load-copy.ts';
import { loadedViews as views } from './load-step.ts';
import type { FirstContext, ViewContext } from './view-context.ts';

/** The template of a step: exhaustive, so that a new step does not compile without a view. */
export function renderStep(view: FlowView, context: FirstContext): TemplateResult | typeof nothing {
  if (view.step === 'identify') return views[view.step]?.(view, context) ?? nothing;
  if (!hasAllTexts(context)) return nothing;
  switch (view.step) {
    case 'choose-method':
      return views[view.step]?.(view, context) ?? nothing;
    case 'enter-code':
      return views[view.step]?.(view, context) ?? nothing;
    case 'wait-for-link':
      return views[view.step]?.(view, context) ?? nothing;
    case 'use-passkey':
      return views[view.step]?.(view, context) ?? nothing;
    case 'enroll-passkey':
      return views[view.step]?.(view, context) ?? nothing;
    case 'consent':
      return views[view.step]?.(view, context) ?? nothing;
    case 'blocked':
      return views[view.step]?.(view, context) ?? nothing;
    case 'done':
      return views[view.step]?.(view, context) ?? nothing;
    case 'enter-password':
      return views[view.step]?.(view, context) ?? nothing;
    case 'set-password':
      return views[view.step]?.(view, context) ?? nothing;
    case 'leave-to-provider':
      return views[view.step]?.(view, context) ?? nothing;
    case 'second-factor':
      return views[view.step]?.(view, context) ?? nothing;
    case 'enter-totp':
      return views[view.step]?.(view, context) ?? nothing;
    case 'enter-recovery-code':
      return views[view.step]?.(view, context) ?? nothing;
    case 'enter-access-code':
      return views[view.step]?.(view, context) ?? nothing;
    case 'enroll-totp':
      return views[view.step]?.(view, context) ?? nothing;
    case 'enroll-contact':
      return views[view.step]?.(view, context) ?? nothing;
    case 'show-recovery-codes':
      return views[view.step]?.(view, context) ?? nothing;
    case 'approve':
      return views[view.step]?.(view, context) ?? nothing;
    default:
      view satisfies never;
      // A newer server may have steps that this widget does not know.
      return views.unknown?.(context) ?? nothing;
  }
}

/** So it is wherever `loadStep` has run. */
const hasAllTexts = (context: FirstContext): context is ViewContext => isWhole(context.copy);
