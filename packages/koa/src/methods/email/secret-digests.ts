import type { ChallengeId, ClientId, CanonicalEmail, Digest, FlowId } from '../../model/ids.ts';
import type { Vault } from '../../ports/vault.ts';

/** What a code is good for. All of it is part of what is looked up, so that it is good for nothing else. */
export interface CodePlace {
  readonly flowId: FlowId;
  readonly challengeId: ChallengeId;
  readonly clientId: ClientId;
  readonly email: CanonicalEmail;
}

/**
 * A code of an address that cannot sign in is stored for `nobody`, an answer of who may not sign in is asked for as
 * `refused`: the same work is done, and neither ever equals anything.
 */
export type CodeAudience = 'member' | 'nobody' | 'refused';

/** A few digits can be tried out against a hash, hence the key. */
export function codeDigest(code: string, place: CodePlace & { readonly audience: CodeAudience }, vault: Vault): Digest {
  const { flowId, challengeId, clientId, email, audience } = place;
  return vault.keyedDigest('one-time-code', code, [audience, flowId, challengeId, clientId, email]);
}

/** 256 bits need no key. */
export function linkDigest(secret: string, vault: Vault): Digest {
  return vault.digest('link', secret);
}

/** Of the two digits that the waiting page shows. */
export function matchNumberDigest(
  digits: string, place: Pick<CodePlace, 'flowId' | 'challengeId'>, vault: Vault,
): Digest {
  return vault.keyedDigest('one-time-code', digits, ['match-number', place.flowId, place.challengeId]);
}
