import type { Flow } from '../model/flow.ts';
import type { FlowDeps } from './flow-deps.ts';

const binding = (flow: Flow): string => `flow.redirect_to:${flow.id}`;

/** Keeps the answer to the client with the flow that it came from, so that a page that lost it can ask again. */
export function withAnswer(flow: Flow, redirectTo: string | undefined, { vault }: FlowDeps): Flow {
  return redirectTo === undefined ? flow : { ...flow, redirectTo: vault.seal(redirectTo, binding(flow)) };
}

/** The answer that was kept, if there was one. */
export function readAnswer(flow: Flow, { vault }: FlowDeps): string | undefined {
  return flow.redirectTo === undefined ? undefined : vault.open(flow.redirectTo, binding(flow));
}
