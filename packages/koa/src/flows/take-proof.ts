import { makesUsers } from '../methods/may-sign-in.ts';
import type { Flow } from '../model/flow.ts';
import { nameOf } from '../model/flow-subject.ts';
import type { CanonicalEmail, CanonicalPhone, UserId } from '../model/ids.ts';
import type { Proof } from '../model/proof.ts';
import { parseIfEmail } from '../users/canonical.ts';
import { parseIfPhone } from '../users/canonical-phone.ts';
import { profileIn } from '../users/parse-profile.ts';
import { findOrCreate, type ProvenIdentifier } from '../users/find-or-create.ts';
import type { Outcome } from './action.ts';
import { findIdentified } from './find-identified.ts';
import type { Scene } from './flow-deps.ts';
import { withoutLinking, withoutProofs } from './forget.ts';
import { leaveIfRouted } from './leave-for-domain.ts';
import { linkIfProved } from './link-identity.ts';
import { providerProof } from './provider-proof.ts';

/** Adds a proof to its flow, and the user that it leads to; only here does a sign-in create somebody. */
export async function takeProof(scene: Scene, proof: Proof): Promise<Outcome> {
  const proved = await userOf(scene.flow, proof, scene.deps);
  const isTheirs = scene.flow.steppingUpAs === undefined || scene.flow.steppingUpAs === proved?.userId;
  if (proved === undefined || !isTheirs) return { fault: { code: proof.method === 'passkey' ? 'passkey_refused' : 'code_wrong' } };
  const routed = await leaveIfRouted(scene, proof, proved.userId);
  if (routed !== undefined) return routed;
  const { linked, isWaiting } = await linkIfProved(scene, proof, proved.userId);
  const proofs = linked === undefined ? [proof] : [providerProof(linked, proved.userId), proof];
  return { change: (latest) => withProofs(isWaiting === true ? latest : withoutLinking(latest), proofs, proved), isStepDone: true };
}

/**
 * What one person proved says nothing of another: proofs add up only where they lead to the same user. Something new was
 * proved, so the flow ends in a new session, also where it went on with one; not to link, which is proved for that alone.
 */
export function withProof(latest: Flow, proof: Proof, { userId, isNewUser }: ProvedUser): Flow {
  const { sessionId: own, ...before } = latest.userId === undefined || latest.userId === userId ? latest : withoutProofs(latest);
  return { ...before, ...(latest.kind === 'link' && own !== undefined ? { sessionId: own } : {}), proofs: [...before.proofs, proof], userId, isNewUser: before.isNewUser || isNewUser };
}

/** Several of them, in the order in which they were given. */
export function withProofs(latest: Flow, proofs: readonly Proof[], proved: ProvedUser): Flow {
  return proofs.reduce((flow, proof) => withProof(flow, proof, proved), latest);
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
  if (nameOf(flow) !== undefined) return ownerOf(flow, proof, deps);
  const proven = provenIn(flow, proof);
  // Whoever came back from a provider and is new is who it said.
  const said = flow.linking === undefined ? {} : { profile: profileIn(flow.linking) };
  const found = proven === undefined ? undefined : await findOrCreate({ ...proven, ...said }, makesUsers(flow), deps);
  return found === undefined ? undefined : { userId: found.user.id, isNewUser: found.isNewUser };
}

/** Whose name it is, if what was answered went to what is theirs still. A name makes nobody. */
async function ownerOf(flow: Flow, proof: Proof, deps: Scene['deps']): Promise<ProvedUser | undefined> {
  const user = await findIdentified(flow, deps);
  const own = proof.email === undefined ? user?.phone : user?.email;
  const isTheirs = own?.verifiedAt !== undefined && own.canonical === (proof.email ?? proof.phone);
  return user?.status === 'active' && isTheirs ? { userId: user.id, isNewUser: false } : undefined;
}

/** The identifier that a mail or an SMS has proved, if it is the one that the flow is about. */
function provenIn(flow: Flow, { email, phone }: Proof): ProvenIdentifier | undefined {
  if (email !== undefined && flow.email === email) return { kind: 'email', typed: typedAs(email, flow.typedIdentifier), canonical: email };
  if (phone === undefined || flow.phone?.canonical !== phone) return undefined;
  return { kind: 'phone', typed: typedAsPhone(flow, phone), canonical: phone };
}

/** The same of a number, which may have been typed without its country. */
function typedAsPhone({ typedIdentifier, phone }: Flow, canonical: CanonicalPhone): string {
  const parsed = typedIdentifier === undefined ? undefined : parseIfPhone(typedIdentifier, phone?.country);
  return parsed?.canonical === canonical ? parsed.typed : canonical;
}
