import type { FlowRequest } from '@portico/contract';
import { fetchRequest } from './flow-caller.ts';
import type { FlowSettings } from './flow-settings.ts';
import { recallRequest, rememberRequest } from './memory.ts';
import { failed, succeeded, type Outcome } from './outcome.ts';
import { createPkceSecrets, type PkceSecrets } from './pkce.ts';

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
export async function beginFlow(settings: FlowSettings, mayRecall: boolean): Promise<Outcome<Beginning>> {
  const { loginUrl, issuer, clientId, requestUri, redirectUri, kind } = settings;
  if (settings.demo !== undefined) return succeeded({ issuer: location.origin, request: { kind, client_id: 'demo' }, isRemembered: false });
  if (loginUrl !== undefined) return throughBackend(settings, loginUrl, mayRecall);
  if (issuer === undefined || clientId === undefined) return failed('setup_incomplete');
  if (requestUri !== undefined) {
    const request = { kind, client_id: clientId, request_uri: requestUri };
    return succeeded({ issuer, request, isRemembered: false });
  }
  if (redirectUri !== undefined) return throughBrowser(settings, { issuer, clientId, redirectUri });
  // Neither: the flow ends in a session and no code (contract, `FlowRequest`).
  return succeeded({ issuer, request: { kind, client_id: clientId }, isRemembered: false });
}

async function throughBackend(settings: FlowSettings, loginUrl: string, mayRecall: boolean): Promise<Outcome<Beginning>> {
  const recalled = mayRecall ? recallRequest(loginUrl) : undefined;
  const outcome = recalled === undefined ? await fetchRequest(loginUrl, settings.returnTo) : succeeded(recalled);
  if (!outcome.ok) return outcome;
  if (recalled === undefined) rememberRequest(loginUrl, outcome.value);
  const { issuer, client_id, request_uri } = outcome.value;
  return succeeded({ issuer, request: { kind: settings.kind, client_id, request_uri }, isRemembered: recalled !== undefined });
}

interface BrowserClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
}

async function throughBrowser(settings: FlowSettings, client: BrowserClient): Promise<Outcome<Beginning>> {
  // Without a secure context there is no SHA-256, hence no PKCE, hence no sign-in: say so instead of failing later.
  if (!globalThis.isSecureContext) return failed('setup_incomplete');
  const secrets = await createPkceSecrets();
  const { kind, uiLocales, scope = 'openid', resource, acrValues, maxAge, prompt, loginHint } = settings;
  const request: FlowRequest = {
    kind,
    client_id: client.clientId,
    response_type: 'code',
    redirect_uri: client.redirectUri,
    scope,
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: secrets.pkceChallenge,
    code_challenge_method: 'S256',
    ui_locales: uiLocales,
    ...(resource === undefined ? {} : { resource }),
    ...(acrValues === undefined ? {} : { acr_values: acrValues }),
    ...(maxAge === undefined ? {} : { max_age: maxAge }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
  };
  return succeeded({ issuer: client.issuer, request, isRemembered: false, secrets });
}
