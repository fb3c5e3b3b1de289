import type { Client } from '../model/app.ts';
import { OAuthError } from '../model/oauth-error.ts';

/** How a request arrived: through the browser, or from the client's backend beforehand (RFC 9126). */
export type Arrival = 'plain' | 'pushed';

/** A client may promise to push every request; then no other is taken (RFC 9126, section 6). */
export function checkPushed(client: Client, arrival: Arrival): void {
  if (client.requiresPar && arrival !== 'pushed') {
    throw new OAuthError('invalid_request', 'this client must use pushed authorization requests');
  }
}
