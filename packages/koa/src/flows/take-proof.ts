import type { Flow } from '../model/flow.ts';
import type { CanonicalEmail, UserId } from '../model/ids.ts';
import type { Proof } from '../model/proof.ts';
import { parseIfEmail } from '../users/canonical.ts';
import { findOrCreateByEmail } from '../users/find-or-create.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import { withoutProofs } from './forget.ts';

/** Adds a proof to its flow, and the user that it leads to; only here does a sign-in create somebody. */
export async function takeProof({ flow, deps }: Scene, proof: Proof): Promise<Outcome> {
  const proved = await userOf(flow, proof, deps);
  if (proved === undefined) return { fault: { code: proof.method === 'passkey' ? 'passkey_refused' : 'code_wrong' } };
  return { change: (latest) => withProof(latest, proof, proved), isStepDone: true };
}

/**
 * What one person proved says nothing of another: proofs add up only where they lead to the same user. Something new was
 * proved, so the flow ends in a new session, also where it went on with one.
 */
export function withProof(latest: Flow, proof: Proof, { userId, isNewUser }: ProvedUser): Flow {
  const { sessionId: _before, ...before } = latest.userId === undefined || latest.userId === userId ? latest : withoutProofs(latest);
  return { ...before, proofs: [...before.proofs, proof], userId, isNewUser: before.isNewUser || isNewUser };
}

/** An address as it was typed, if that is what was typed: nothing else may stand beside what a mail has proved. */
function typedAs(canonical: CanonicalEmail, typed: string | undefined): string {
  const parsed = typed === undefined ? undefined : parseIfEmail(typed);
  return parsed?.canonical === canonical ? parsed.typed : canonical;
}

/** Whom a proof leads to. */
interface ProvedUser {
  readonly userId: UserId;
  readonly isNewUser: boolean;
}

async function userOf(flow: Flow, proof: Proof, deps: Scene['deps']): Promise<ProvedUser | undefined> {
  if (proof.userId !== undefined) return { userId: proof.userId, isNewUser: false };
  if (proof.email === undefined || flow.email !== proof.email) return undefined;
  const address = { typed: typedAs(proof.email, flow.typedIdentifier), canonical: proof.email };
  const found = await findOrCreateByEmail(address, flow.mayCreateUser, deps);
  return found === undefined ? undefined : { userId: found.user.id, isNewUser: found.isNewUser };
}
