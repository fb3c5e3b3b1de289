import { AuthError } from '../model/auth-error.ts';
import type { Flow } from '../model/flow.ts';
import type { Digest, FlowId } from '../model/ids.ts';
import type { FlowDeps } from './flow-deps.ts';
import type { Started } from './start-flow.ts';

/**
 * Gives a flow that this browser began a new handle: the page was loaded again and lost the old one, which ends. The
 * browser's cookie is the proof; a page without one begins anew.
 */
export async function resumeFlow(id: FlowId, browser: Digest | undefined, deps: FlowDeps): Promise<Started | undefined> {
  const flow = await deps.store.flows.find(id);
  if (flow === undefined || !mayResume(flow, browser, deps)) return undefined;
  const handle = deps.random.secret();
  const saved = await deps.store.flows.save({ ...flow, handleDigest: deps.vault.digest('flow-handle', handle) });
  if (saved === undefined) throw new AuthError('flow_busy');
  return { flow: saved, handle };
}

function mayResume(flow: Flow, browser: Digest | undefined, { clock, vault }: FlowDeps): boolean {
  if (flow.finishedAt !== undefined || flow.expiresAt <= clock.now()) return false;
  return browser !== undefined && flow.browserDigest !== undefined && vault.matches(browser, flow.browserDigest);
}
