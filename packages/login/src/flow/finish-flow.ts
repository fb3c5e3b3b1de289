import type { DoneView } from '@portico/contract';
import type { Beginning } from './begin-flow.ts';
import type { FlowPort, TokenSet } from './flow-port.ts';
import { failed, succeeded, type Outcome } from './outcome.ts';

/** How a flow ended: with tokens for the page, with a place to go, or with neither. */
export interface Ending {
  readonly redirectTo?: URL;
  readonly tokens?: TokenSet;
}

/** Reads the end of a flow; exchanges the code if this widget is the client. */
export async function finishFlow(view: DoneView, beginning: Beginning | undefined, port: FlowPort): Promise<Outcome<Ending>> {
  if (view.redirect_to === undefined) return succeeded({});
  const redirectTo = parseUrl(view.redirect_to);
  if (redirectTo === undefined) return failed('redirect_refused');
  if (beginning?.secrets === undefined) return succeeded({ redirectTo });
  return exchangeCode(redirectTo, beginning, port);
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
  const outcome = await port.exchange({
    clientId: request.client_id,
    code,
    codeVerifier: secrets.codeVerifier,
    redirectUri: request.redirect_uri,
  });
  if (!outcome.ok) return outcome;
  const idToken = outcome.value.id_token;
  if (idToken !== undefined && nonceOf(idToken) !== secrets.nonce) return failed('exchange_failed');
  return succeeded({ tokens: outcome.value });
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

/** Where a page may be sent: http(s) on an origin that is known, or a scheme that the page itself has listed. */
export function mayRedirect(target: URL, allowed: readonly string[]): boolean {
  const isWeb = target.protocol === 'https:' || target.protocol === 'http:';
  if (isWeb) return allowed.some((entry) => parseUrl(entry)?.origin === target.origin);
  // A listed scheme (`com.example.app:`); never one that runs or shows what it carries.
  const isDangerous = ['javascript:', 'data:', 'blob:', 'vbscript:', 'file:', 'about:', 'filesystem:'].includes(target.protocol);
  return !isDangerous && allowed.some((entry) => entry === target.protocol);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text, location.href) ? new URL(text, location.href) : undefined;
}
