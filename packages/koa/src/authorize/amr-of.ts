import type { Proof } from '../model/proof.ts';

type Amr = Proof['amr'][number];
type Factor = 'possession' | 'knowledge' | 'inherence';

/**
 * Two methods of one kind are one factor. A new method does not compile until it says what kind it is. A provider's word
 * counts as a way in and never as one of two: what it asked for is not ours to know (ASVS 5.0, 6.8.4), and whoever has the
 * mailbox has both.
 */
const factorOf: Readonly<Record<Proof['method'], Factor | undefined>> = {
  'email-code': 'possession',
  'magic-link': 'possession',
  passkey: 'possession',
  password: 'knowledge',
  social: undefined,
  'sms-code': 'possession',
};

/** How a user proved who they are, for the `amr` claim (RFC 8176, section 2): each value once, `mfa` for two factors. */
export function amrOf(proofs: readonly Proof[]): readonly Amr[] {
  const values = proofs.flatMap((proof) => proof.amr);
  return [...new Set<Amr>(isMultiFactor(proofs) ? [...values, 'mfa'] : values)];
}

/** Two factors: in one gesture, or by methods of two kinds. */
export function isMultiFactor(proofs: readonly Proof[]): boolean {
  return proofs.some((proof) => proof.isMultiFactor) || new Set(proofs.flatMap((proof) => factorOf[proof.method] ?? [])).size > 1;
}

/** When the user last proved who they are: the `auth_time` claim (OpenID Connect Core, section 2). */
export function authenticatedAt(proofs: readonly Proof[], openedAt: Date): Date {
  const moments = proofs.map((proof) => proof.provedAt.getTime());
  return moments.length === 0 ? openedAt : new Date(Math.max(...moments));
}
