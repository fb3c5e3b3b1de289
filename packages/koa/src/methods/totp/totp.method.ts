/**
 * The method `totp`: digits of an authenticator app (RFC 6238).
 *
 * Owns: secrets and how they are shown, the window, one use a step.
 * Does not own: who may set one up (flows), the row that is kept, notices.
 */
import type { Sealed } from '../../model/ids.ts';
import type { Verdict } from '../../model/proof.ts';
import type { Totp } from '../../model/totp.ts';
import type { ProvedContext } from '../second-factor-lock.ts';
import { answerTotp } from './answer-totp.ts';
import type { TotpDeps } from './totp-deps.ts';
import { confirmOffer, makeOffer, showOffer, type OfferContext, type ShownOffer } from './totp-offer.ts';

/** Only ever a second factor. No `Method`: as with a password there is no question of ours to open. */
export interface TotpMethod {
  answer(context: ProvedContext, typed: string): Promise<Verdict>;
  /** A new secret for an app of theirs; the flow, or their page, keeps it. */
  offer(context: OfferContext): Sealed;
  /** The same as the person sees it. `account` is what their app calls them. */
  show(offer: Sealed, context: OfferContext & { readonly account: string }): Promise<ShownOffer>;
  /** What may be kept, if these are the digits of the offer. */
  confirm(offer: Sealed, typed: string, context: OfferContext): Totp | undefined;
}

/** The method `totp` over a store and a vault. */
export function createTotpMethod(deps: TotpDeps): TotpMethod {
  return {
    answer: (context, typed) => answerTotp(context, typed, deps),
    offer: (context) => makeOffer(context, deps),
    show: (offer, context) => showOffer(offer, context, deps),
    confirm: (offer, typed, context) => confirmOffer({ sealed: offer, typed }, context, deps),
  };
}
