import type { Flow } from '../model/flow.ts';
import type { UserId } from '../model/ids.ts';
import type { Proof } from '../model/proof.ts';
import { findOrCreateByEmail } from '../users/find-or-create.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';

/** Adds a proof to its flow, and the user that it leads to; only here does a sign-in create somebody. */
export async function takeProof({ flow, deps }: Scene, proof: Proof): Promise<Outcome> {
  const proved = await userOf(flow, proof, deps);
  if (proved === undefined) return { fault: { code: proof.method === 'passkey' ? 'passkey_refused' : 'code_wrong' } };
  return {
    change: (latest) => ({
      ...latest,
      proofs: [...latest.proofs, proof],
      userId: proved.userId,
      isNewUser: latest.isNewUser || proved.isNewUser,
    }),
  };
}

async function userOf(
  flow: Flow,
  proof: Proof,
  deps: Scene['deps'],
): Promise<{ readonly userId: UserId; readonly isNewUser: boolean } | undefined> {
  if (proof.userId !== undefined) return { userId: proof.userId, isNewUser: false };
  if (proof.email === undefined || flow.email !== proof.email) return undefined;
  const address = { typed: flow.typedIdentifier ?? proof.email, canonical: proof.email };
  const found = await findOrCreateByEmail(address, flow.mayCreateUser, deps);
  return found === undefined ? undefined : { userId: found.user.id, isNewUser: found.isNewUser };
}
