import type { FlowView, LoginPreferencesView } from '@portico/contract';
import { beginFlow, type Beginning } from './begin-flow.ts';
import type { FlowPort } from './flow-port.ts';
import type { FlowSettings } from './flow-settings.ts';
import { forgetRequest } from './memory.ts';
import { failed, succeeded, type Outcome } from './outcome.ts';
import { rememberFirst } from './screen-memory.ts';

interface Opening {
  /** Whether a request that this tab remembers may be gone on with. */
  readonly mayRecall: boolean;
  /** Overtaken, or taken off the page: nothing more is asked of anybody. */
  isCurrent(): boolean;
  createPort(issuer: string): Promise<FlowPort>;
  /** As soon as they are there: the flow's own view may take longer. */
  onPreferences(preferences: LoginPreferencesView): void;
}

/** What came of the first calls to the issuer. */
export interface Opened {
  readonly beginning: Beginning;
  readonly port: FlowPort;
  /** The first view; without the preferences there is none worth showing. */
  readonly started: Outcome<FlowView>;
}

interface Asked {
  readonly issuer: string;
  readonly clientId: string;
  readonly preferences: Promise<Outcome<LoginPreferencesView>>;
}

/** Begins, asks for the preferences and for the first view. A request that is refused is fetched anew, once. */
export async function openFlow(settings: FlowSettings, opening: Opening): Promise<Outcome<Opened>> {
  // Where the page says who the client is, its backend need not have answered first.
  let early: Asked | undefined = settings.loginUrl === undefined ? undefined : ask(settings, opening, () => early !== undefined);
  const begun = await beginFlow(settings, opening.mayRecall);
  if (!begun.ok) return begun;
  const { issuer, request } = begun.value;
  if (!URL.canParse(issuer, location.href)) return failed('setup_incomplete');
  const port = await opening.createPort(issuer);
  if (!opening.isCurrent()) return failed('flow_unknown');
  if (!isOf(early, issuer, request.client_id)) early = undefined;
  const asked = early ?? ask({ issuer, clientId: request.client_id }, opening, () => true);
  const [preferences = failed('setup_incomplete'), started] = await Promise.all([asked?.preferences, port.start(request)]);
  if (!started.ok && started.fault.code === 'request_uri_invalid' && settings.loginUrl !== undefined && opening.isCurrent()) {
    forgetRequest(settings.loginUrl);
    if (opening.mayRecall) return openFlow(settings, { ...opening, mayRecall: false });
  }
  if (preferences.ok && started.ok && opening.isCurrent()) rememberFirst(settings, preferences.value, started.value);
  return succeeded({ beginning: begun.value, port, started: started.ok && !preferences.ok ? preferences : started });
}

function ask({ issuer, clientId }: Pick<FlowSettings, 'issuer' | 'clientId'>, opening: Opening, isWanted: () => boolean): Asked | undefined {
  if (issuer === undefined || clientId === undefined || !URL.canParse(issuer, location.href)) return undefined;
  const preferences = opening.createPort(issuer).then((port) => port.preferences(clientId));
  void preferences.then((outcome) => {
    if (outcome.ok && opening.isCurrent() && isWanted()) opening.onPreferences(outcome.value);
  });
  return { issuer, clientId, preferences };
}

/** The page may have been wrong: what its backend says counts. */
function isOf(asked: Asked | undefined, issuer: string, clientId: string): asked is Asked {
  return asked !== undefined && asked.clientId === clientId && hrefOf(asked.issuer) === hrefOf(issuer);
}

const hrefOf = (issuer: string): string => new URL(issuer.replace(/\/+$/, ''), location.href).href;
