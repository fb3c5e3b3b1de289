import type { FlowRequest } from '@portico/contract';
import { throughBrowser } from './begin-in-browser.ts';
import { fetchRequest } from './flow-caller.ts';
import type { FlowSettings } from './flow-settings.ts';
import { recallRequest, rememberRequest } from './memory.ts';
import { isOfSignedIn } from './of-signed-in.ts';
import { failed, succeeded, type Outcome } from './outcome.ts';
import type { PkceSecrets } from './pkce.ts';

/** Where a flow goes and with what, before the first call to the issuer. */
export interface Beginning {
  readonly issuer: string;
  readonly request: FlowRequest;
  /** The request came from this tab's memory: if it is refused, a new one is worth a try. */
  readonly isRemembered: boolean;
  /** Only for a browser-only client, which exchanges the code itself. */
  readonly secrets?: PkceSecrets;
}

/** Finds the request: at the page's backend, in an attribute, or made here with PKCE. */
export async function beginFlow(asked: FlowSettings, mayRecall: boolean): Promise<Outcome<Beginning>> {
  const settings = asked.challenge === undefined ? asked : (await import('./read-challenge.ts')).withChallenge(asked, asked.challenge);
  const { loginUrl, issuer, clientId, requestUri, redirectUri, kind, createNewUser } = settings;
  if (settings.demo !== undefined) return succeeded({ issuer: location.origin, request: { kind, client_id: 'demo' }, isRemembered: false });
  if (loginUrl !== undefined) return throughBackend(settings, loginUrl, mayRecall);
  if (issuer === undefined || clientId === undefined) return failed('setup_incomplete');
  if (requestUri !== undefined) {
    const request = { kind, client_id: clientId, request_uri: requestUri };
    return succeeded({ issuer, request, isRemembered: false });
  }
  if (redirectUri !== undefined) {
    return throughBrowser(settings, { issuer, clientId, redirectUri });
  }
  // Neither: the flow ends in a session and no code (contract, `FlowRequest`).
  return succeeded({ issuer, request: { kind, client_id: clientId, ...(createNewUser === true ? { create_new_user: true } : {}) }, isRemembered: false });
}

async function throughBackend(settings: FlowSettings, loginUrl: string, mayRecall: boolean): Promise<Outcome<Beginning>> {
  // What is asked for now is another request than that of a sign-in which the tab remembers.
  const isKept = !isOfSignedIn(settings.kind);
  const recalled = mayRecall && isKept ? recallRequest(loginUrl) : undefined;
  const outcome = recalled === undefined ? await fetchRequest(loginUrl, settings) : succeeded(recalled);
  if (!outcome.ok) return outcome;
  if (recalled === undefined && isKept) rememberRequest(loginUrl, outcome.value);
  const { issuer, client_id, request_uri } = outcome.value;
  return succeeded({ issuer, request: { kind: settings.kind, client_id, request_uri }, isRemembered: recalled !== undefined });
}
