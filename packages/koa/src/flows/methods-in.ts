import type { App } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import { methodsOf } from '../preferences/preferences-view.ts';

type FirstMethods = ReturnType<typeof methodsOf>;

/**
 * The ways in that a flow has: those of its app. A backend has no browser whose cookie could tie the way to a provider to
 * the way back (RFC 9700, section 4.7), so there is none from its flows; and in a step-up nothing leads back from one.
 */
export function methodsIn({ flow, app }: { readonly flow: Flow; readonly app: App }): FirstMethods {
  const methods = methodsOf(app.preferences);
  return flow.isBackend === true || flow.kind === 'step-up' ? methods.filter((name) => name !== 'social') : methods;
}
