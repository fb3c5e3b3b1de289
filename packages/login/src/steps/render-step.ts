import type { FlowView } from '@portico/contract';
import { nothing, type TemplateResult } from 'lit';
import { loadedViews as views } from './load-step.ts';
import type { ViewContext } from './view-context.ts';

/** The template of a step: exhaustive, so that a new step does not compile without a view. */
export function renderStep(view: FlowView, context: ViewContext): TemplateResult | typeof nothing {
  switch (view.step) {
    case 'identify':
      return views[view.step]?.(view, context) ?? nothing;
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
    default:
      view satisfies never;
      // A newer server may have steps that this widget does not know.
      return views.unknown?.(context) ?? nothing;
  }
}
