import type { ChallengeId, Digest, FlowId } from '../../model/ids.ts';
import type { Vault } from '../../ports/vault.ts';

/** 256 bits need no key. */
export function linkDigest(secret: string, vault: Vault): Digest {
  return vault.digest('link', secret);
}

/** Of the two digits that the waiting page shows. A few digits can be tried out against a hash, hence the key. */
export function matchNumberDigest(
  digits: string, place: { readonly flowId: FlowId; readonly challengeId: ChallengeId }, vault: Vault,
): Digest {
  return vault.keyedDigest('one-time-code', digits, ['match-number', place.flowId, place.challengeId]);
}
