import type { DoneView } from '@portico/contract';
import type { Beginning } from './begin-flow.ts';
import { callBack } from './flow-caller.ts';
import type { FlowPort, TokenSet } from './flow-port.ts';
import { mayRedirect, parseUrl } from './may-redirect.ts';
import { isOfSignedIn } from './of-signed-in.ts';
import { failed, succeeded, type Outcome } from './outcome.ts';

/** How a flow ended: with tokens for the page, with a place to go, or with neither. */
export interface Ending {
  readonly redirectTo?: URL;
  readonly tokens?: TokenSet;
}

/** What finishing needs to know. */
export interface Finishing {
  readonly beginning: Beginning | undefined;
  readonly port: FlowPort;
  /** Origins and listed schemes to which the page may be sent. */
  readonly allowed: readonly string[];
  /** Where the page's own backend began. */
  readonly loginUrl?: string | undefined;
}

/** Reads the end of a flow; exchanges the code if this widget is the client. */
export async function finishFlow(view: DoneView, { beginning, port, allowed, loginUrl }: Finishing): Promise<Outcome<Ending>> {
  if (view.redirect_to === undefined) return succeeded({});
  const redirectTo = parseUrl(view.redirect_to);
  if (redirectTo === undefined) return failed('redirect_refused');
  if (loginUrl !== undefined && isOfSignedIn(beginning?.request.kind)) return finishHere(redirectTo);
  if (beginning?.secrets === undefined) return mayRedirect(redirectTo, allowed) ? succeeded({ redirectTo }) : failed('redirect_refused');
  return exchangeCode(redirectTo, beginning, port);
}

/** The page stays as it is: its own backend gets the answer, and nobody else. */
async function finishHere(target: URL): Promise<Outcome<Ending>> {
  if (target.origin !== location.origin) return failed('redirect_refused');
  try {
    // It answers with a redirect to where the person was, which is here.
    const response = await callBack(target);
    return response.ok || response.type === 'opaqueredirect' ? succeeded({}) : failed('exchange_failed');
  } catch {
    return failed('network');
  }
}

/** The answer must be to our question (`state`, RFC 6749, section 10.12) and from our issuer (`iss`, RFC 9207, section 2.4). */
async function exchangeCode(redirectTo: URL, beginning: Beginning, port: FlowPort): Promise<Outcome<Ending>> {
  const { secrets, issuer, request } = beginning;
  const query = redirectTo.searchParams;
  if (secrets === undefined || query.get('state') !== secrets.state) return failed('exchange_failed');
  if (query.get('iss') !== issuer.replace(/\/+$/, '') && query.get('iss') !== issuer) return failed('exchange_failed');
  if (query.has('error')) return failed(query.get('error') === 'access_denied' ? 'access_declined' : 'exchange_failed');
  const code = query.get('code');
  if (code === null || request.redirect_uri === undefined) return failed('exchange_failed');
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: request.redirect_uri,
    client_id: request.client_id,
    // RFC 7636, section 4.5.
    code_verifier: secrets.codeVerifier,
  });
  const outcome = await port.exchange(form);
  if (!outcome.ok) return outcome.fault.code === 'answer_unreadable' ? failed('exchange_failed') : outcome;
  const { access_token, token_type } = outcome.value;
  if (!access_token || !token_type) return failed('exchange_failed');
  const idToken = outcome.value.id_token;
  if (idToken !== undefined && nonceOf(idToken) !== secrets.nonce) return failed('exchange_failed');
  return succeeded({ tokens: { ...outcome.value, access_token, token_type } });
}

/** Came straight from the token endpoint over TLS, so its signature need not be checked (OpenID Connect Core, 3.1.3.7). */
function nonceOf(idToken: string): unknown {
  try {
    const payload = (idToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims: unknown = JSON.parse(atob(payload));
    return typeof claims === 'object' && claims !== null ? Reflect.get(claims, 'nonce') : undefined;
  } catch {
    return undefined;
  }
}
