import type { Proof } from '../model/proof.ts';
import type { AsJson } from './record.ts';
import { toMoment } from './record.ts';

export function toProof(proof: AsJson<Proof>): Proof {
  return { ...proof, provedAt: toMoment(proof.provedAt) };
}
