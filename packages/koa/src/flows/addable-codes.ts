import type { MethodName, SecondCodeName } from '@portico/contract';
import { isOtherFactor, unshown } from '../mfa/channels.ts';
import { isOwnerHere } from '../mfa/check-owner-is-here.ts';
import { countedCodes } from '../mfa/second-codes.ts';
import type { SecondFactors } from '../mfa/second-factors.ts';
import type { Proof } from '../model/proof.ts';
import type { User } from '../model/user.ts';
import { isRecent } from '../sessions/recent-proof.ts';
import type { Scene } from './flow-deps.ts';

/**
 * The codes whose number or address the proved user may add here: the app counts them, they are beside everything that was
 * shown, and there is none yet, or a recovery code says that it is lost. As at an account page, one factor adds none where
 * any app of the house would ask for a second, and a session that was left open is no leave to add one.
 */
export async function findAddable({ flow, app, deps }: Omit<Scene, 'client'>, { id }: User, { codes }: Pick<SecondFactors, 'codes'>): Promise<readonly SecondCodeName[]> {
  const hasLost = flow.proofs.some(isOnPaper);
  const wanted = countedCodes(app.preferences).filter((code) => (hasLost || !codes.includes(code)) && isBesideAll(code, flow.proofs));
  if (wanted.length === 0 || !isRecent(flow, flow.createdAt)) return [];
  return (await isOwnerHere({ userId: id, proofs: flow.proofs }, await deps.store.apps.list(), deps.store)) ? wanted : [];
}

/** A recovery code stands in for what was lost, and is the first factor of nobody. */
const isOnPaper = ({ method }: Proof): boolean => method === 'recovery-code';

function isBesideAll(code: MethodName, proofs: readonly Proof[]): boolean {
  return proofs.every((proof) => isOnPaper(proof) || isOtherFactor(unshown(code), proof));
}
