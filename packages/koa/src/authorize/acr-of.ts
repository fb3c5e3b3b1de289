import { isMultiFactor } from '../mfa/channels.ts';
import { wishedAcrs } from '../mfa/requested-acrs.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import type { Grant } from '../model/grant.ts';
import type { Proof } from '../model/proof.ts';

type Acr = Grant['acr'];

/** Strongest first. */
export const acrOrder: readonly Acr[] = ['phr', 'mfa', 'single'];

/** Every level that these proofs reach: a passkey with user verification is both phishing-resistant and two factors. */
export function achievedAcrs(proofs: readonly Proof[]): readonly Acr[] {
  const reaches: Readonly<Record<Acr, boolean>> = {
    phr: proofs.some((proof) => proof.isPhishingResistant),
    mfa: isMultiFactor(proofs),
    single: true,
  };
  return acrOrder.filter((acr) => reaches[acr]);
}

/** The first level that was wished for and is reached, so that the client finds the value it asked for; else the strongest. */
export function acrOf(proofs: readonly Proof[], request: Pick<AccessRequest, 'acrValues' | 'claims'>): Acr {
  const achieved = achievedAcrs(proofs);
  const wished = wishedAcrs(request).map((value) => achieved.find((acr) => acr === value));
  return wished.find((acr) => acr !== undefined) ?? achieved[0] ?? 'single';
}
