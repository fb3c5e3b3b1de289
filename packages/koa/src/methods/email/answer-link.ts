import type { Digest } from '../../model/ids.ts';
import type { Proof, Verdict } from '../../model/proof.ts';
import type { EmailDeps } from './email-deps.ts';
import { maySignIn } from '../may-sign-in.ts';
import { methodEvent } from '../method-event.ts';
import { purposeOf } from '../purpose-of.ts';
import type { Asked } from '../one-time-code.ts';
import { endMailPause } from './mail-pace.ts';
import { linkDigest } from './secret-digests.ts';
import { whyLinkEnded } from '../why-link-ended.ts';

/** Judges the secret of a link. It cannot be guessed, so there is nothing to count: it is taken once or it is not. */
export async function answerLink(asked: Asked, secret: string, deps: EmailDeps): Promise<Verdict> {
  if (!isAskedHere(asked)) return { outcome: 'spent', code: 'link_unknown' };
  const digest = linkDigest(secret, deps.vault);
  const proof = await claim(asked, digest, deps);
  return proof === undefined ? explainEnd(asked, digest, deps) : { outcome: 'proved', proof };
}

/** It is this flow's link, for the address that the flow is still about, and for somebody who may sign in. */
function isAskedHere({ context, challenge }: Asked): boolean {
  const { method, purpose, flowId, clientId, email } = challenge;
  return (
    method === 'magic-link' && purpose === purposeOf(context) && flowId === context.flow.id && clientId === context.client.id &&
    email === context.flow.email && maySignIn(context)
  );
}

/** Takes the link, and ends the code of the same mail with it. What was guessed at codes stays counted. */
function claim({ context, challenge }: Asked, digest: Digest, deps: EmailDeps): Promise<Proof | undefined> {
  return deps.store.transaction(async (store) => {
    const now = deps.clock.now();
    const claimed = await store.challenges.claim(challenge.id, digest, now);
    if (claimed?.email === undefined) return undefined;
    await store.challenges.replace(claimed.flowId, ['email-code'], claimed.purpose);
    await endMailPause(context, { ...deps, store });
    await store.audit.insert(methodEvent('proved', { ...context, method: 'magic-link' }, deps));
    return {
      method: 'magic-link',
      provedAt: now,
      amr: ['email'],
      isPhishingResistant: false,
      isMultiFactor: false,
      email: claimed.email,
    };
  });
}

/** Only who has the secret learns why it no longer works. */
async function explainEnd({ challenge }: Asked, digest: Digest, { store, vault, clock }: EmailDeps): Promise<Verdict> {
  const latest = await store.challenges.find(challenge.id);
  if (latest === undefined || !vault.matches(latest.secretDigest, digest)) {
    return { outcome: 'spent', code: 'link_unknown' };
  }
  return { outcome: 'spent', code: whyLinkEnded(latest, clock.now()) ?? 'link_unknown' };
}
