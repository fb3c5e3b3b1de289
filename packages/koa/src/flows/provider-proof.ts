import type { UserId } from '../model/ids.ts';
import type { UpstreamIdentity } from '../model/identity.ts';
import type { Proof } from '../model/proof.ts';

/** What a provider's answer proves. How it asked is its own business, so it is one factor and no more (ASVS 5.0, 6.8.4). */
export function providerProof({ provider, answeredAt }: UpstreamIdentity, userId: UserId): Proof {
  return { method: 'social', provedAt: answeredAt, amr: ['fed', `fed:${provider}`], isPhishingResistant: false, isMultiFactor: false, userId };
}
