import type { FlowView } from '@portico/contract';
import { nothing, type TemplateResult } from 'lit';
import { isWhole } from '../copy/load-copy.ts';
import { hasView, loadedViews } from './load-step.ts';
import type { FirstContext, ViewContext } from './view-context.ts';

/** The template of a step. That each step has a view is for the table of `load-step.ts` to say: a new one does not compile without. */
export function renderStep(view: FlowView, context: FirstContext): TemplateResult | typeof nothing {
  if (view.step === 'identify') return loadedViews[view.step]?.(view, context) ?? nothing;
  if (!hasAllTexts(context)) return nothing;
  // A newer server may have steps that this widget does not know.
  if (!hasView(view.step)) return loadedViews.unknown?.(context) ?? nothing;
  // The table pairs each step with a view of that step; TypeScript cannot follow the pair through a lookup.
  return loadedViews[view.step]?.(view as never, context) ?? nothing;
}

/** So it is wherever `loadStep` has run. */
const hasAllTexts = (context: FirstContext): context is ViewContext => isWhole(context.copy);
