import type { FlowView, LoginPreferencesView } from '@portico/contract';
import { beginFlow, type Beginning } from './begin-flow.ts';
import type { FlowPort } from './flow-port.ts';
import type { FlowSettings } from './flow-settings.ts';
import { forgetRequest } from './memory.ts';
import { failed, succeeded, type Outcome } from './outcome.ts';

interface Opening {
  /** Whether a request that this tab remembers may be gone on with. */
  readonly mayRecall: boolean;
  /** Overtaken, or taken off the page: nothing more is asked of anybody. */
  isCurrent(): boolean;
  createPort(issuer: string): Promise<FlowPort>;
}

/** What came of the first calls to the issuer. */
export interface Opened {
  readonly beginning: Beginning;
  readonly port: FlowPort;
  readonly preferences: Outcome<LoginPreferencesView>;
  readonly started: Outcome<FlowView>;
}

/** Begins, asks for the preferences and for the first view. A request that is refused is fetched anew, once. */
export async function openFlow(settings: FlowSettings, opening: Opening): Promise<Outcome<Opened>> {
  const begun = await beginFlow(settings, opening.mayRecall);
  if (!begun.ok) return begun;
  const { issuer, request } = begun.value;
  if (!URL.canParse(issuer, location.href)) return failed('setup_incomplete');
  const port = await opening.createPort(issuer);
  if (!opening.isCurrent()) return failed('flow_unknown');
  const [preferences, started] = await Promise.all([port.preferences(request.client_id, settings.uiLocales), port.start(request)]);
  if (!started.ok && started.fault.code === 'request_uri_invalid' && settings.loginUrl !== undefined && opening.isCurrent()) {
    forgetRequest(settings.loginUrl);
    if (opening.mayRecall) return openFlow(settings, { ...opening, mayRecall: false });
  }
  return succeeded({ beginning: begun.value, port, preferences, started });
}
