import type { NewContactChange } from '../model/contact.ts';
import type { Digest } from '../model/ids.ts';
import type { Vault } from '../ports/vault.ts';

/** A contact that another account has proved is asked of `nobody`: the same work is done, and no code equals it. */
export type ContactAudience = 'asker' | 'nobody';

/** A few digits can be tried out against a hash, hence the key. All that a code is good for is part of what is looked up. */
export function contactCodeDigest(
  code: string, { id, userId, sessionId, kind, canonical }: Pick<NewContactChange, 'id' | 'userId' | 'sessionId' | 'kind' | 'canonical'>,
  { audience, vault }: { readonly audience: ContactAudience; readonly vault: Vault },
): Digest {
  return vault.keyedDigest('contact-code', code, [audience, id, userId, sessionId, kind, canonical]);
}

/** Of a link that proves an address; 256 bits need no key. */
export function contactLinkDigest(secret: string, vault: Vault): Digest {
  return vault.digest('contact-link', secret);
}

/** Of a link that takes a change back. */
export function contactUndoDigest(secret: string, vault: Vault): Digest {
  return vault.digest('contact-undo', secret);
}
