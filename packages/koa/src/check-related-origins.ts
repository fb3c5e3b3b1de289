import type { App } from './model/app.ts';
import { originsOutOfReach, relatedOriginsOf } from './preferences/related-origins.ts';

/**
 * Apps of one RP id share its file of related origins, and the names that a browser takes from it.
 *
 * @throws {Error} that names the pages which some browsers would not reach.
 */
export function checkRelatedOrigins(apps: readonly App[]): void {
  const passkeys = apps.map(({ preferences }) => preferences.methods.passkey);
  for (const rpId of new Set(passkeys.map((each) => each.rpId))) {
    const unreached = originsOutOfReach(relatedOriginsOf(rpId, passkeys));
    if (unreached.length === 0) continue;
    throw new Error(`createAuth: ${unreached.join(', ')} cannot be used for passkeys: browsers take five names outside of an rpId ("${rpId}"), over all apps`);
  }
}
