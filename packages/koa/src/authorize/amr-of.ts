import { isMultiFactor } from '../mfa/channels.ts';
import type { Proof } from '../model/proof.ts';

type Amr = Proof['amr'][number];

/** How a user proved who they are, for the `amr` claim (RFC 8176, section 2): each value once, `mfa` for two factors. */
export function amrOf(proofs: readonly Proof[]): readonly Amr[] {
  const values = proofs.flatMap((proof) => proof.amr);
  return [...new Set<Amr>(isMultiFactor(proofs) ? [...values, 'mfa'] : values)];
}

/** When the user last proved who they are: the `auth_time` claim (OpenID Connect Core, section 2). */
export function authenticatedAt(proofs: readonly Proof[], openedAt: Date): Date {
  const moments = proofs.map((proof) => proof.provedAt.getTime());
  return moments.length === 0 ? openedAt : new Date(Math.max(...moments));
}
