import type { FlowRequest } from '@portico/contract';
import type { Beginning } from './begin-flow.ts';
import type { FlowSettings } from './flow-settings.ts';
import { failed, succeeded, type Outcome } from './outcome.ts';
import { createPkceSecrets } from './pkce.ts';

interface BrowserClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
}

/** The widget is the client: it makes the secrets, asks with PKCE, and exchanges the code itself (RFC 7636). */
export async function throughBrowser(settings: FlowSettings, client: BrowserClient): Promise<Outcome<Beginning>> {
  // Without a secure context there is no SHA-256, hence no PKCE, hence no sign-in: say so instead of failing later.
  if (!globalThis.isSecureContext) return failed('setup_incomplete');
  const secrets = await createPkceSecrets();
  const { kind, uiLocales, scope = 'openid', resource, acrValues, maxAge, prompt, loginHint, createNewUser } = settings;
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
    ...(createNewUser === true ? { create_new_user: true } : {}),
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
  };
  return succeeded({ issuer: client.issuer, request, isRemembered: false, secrets });
}
