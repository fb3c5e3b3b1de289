/**
 * The offer of an authenticator app. Its secret stays with the flow, or the page of who is signed in, sealed, until the
 * first right digits: what nobody has scanned is no second factor.
 */
import type { EnrollTotpView } from '@portico/contract';
import type { Sealed, TotpId } from '../../model/ids.ts';
import type { Totp, TotpParameters } from '../../model/totp.ts';
import { normalizeCode } from '../normalize-code.ts';
import type { ProvedContext } from '../second-factor-lock.ts';
import { drawQr } from '../draw-qr.ts';
import { findStep } from './find-step.ts';
import { keyUri } from './key-uri.ts';
import type { TotpDeps } from './totp-deps.ts';
import { base32, newSecret, sealSecret } from './totp-secret.ts';

/** ASVS 6.5.5 and every app there is: half a minute. */
const periodSeconds = 30;

interface Offer extends TotpParameters {
  readonly id: TotpId;
  readonly secret: string;
}

/** For whom, and where it stands until its digits come: a flow, or what stands for one. */
export interface OfferContext extends Pick<ProvedContext, 'app' | 'user'> {
  readonly flow: { readonly id: string };
}

/** Elsewhere than in its own flow and for its own user it does not open. */
const binding = ({ flow, user }: OfferContext): string => `flow.totp_offer:${flow.id}:${user.id}`;

export function makeOffer(context: OfferContext, { random, vault }: TotpDeps): Sealed {
  const { digits, algorithm } = context.app.preferences.methods.totp;
  const offer: Offer = { id: random.id() as TotpId, secret: newSecret(random).toString('base64url'), digits, algorithm, periodSeconds };
  return vault.seal(JSON.stringify(offer), binding(context));
}

function openOffer(sealed: Sealed, context: OfferContext, { vault }: TotpDeps): Offer & { readonly key: Buffer } {
  // Sealed by the function above, so it is what it was.
  const offer = JSON.parse(vault.open(sealed, binding(context))) as Offer;
  return { ...offer, key: Buffer.from(offer.secret, 'base64url') };
}

/** What the person scans or types into their app. */
export type ShownOffer = Pick<EnrollTotpView, 'secret' | 'uri' | 'qr' | 'code_length'>;

export async function showOffer(sealed: Sealed, context: OfferContext & { readonly account: string }, deps: TotpDeps): Promise<ShownOffer> {
  const { key, ...offer } = openOffer(sealed, context, deps);
  const { app, account } = context;
  const uri = keyUri(key, { issuer: app.preferences.methods.totp.issuer || app.name, account }, offer);
  return { secret: inFours(base32(key)), uri, qr: await drawQr(uri), code_length: offer.digits };
}

function inFours(text: string): string {
  return (text.match(/.{1,4}/g) ?? []).join(' ');
}

/** The app as it may be kept, if these are its digits. Those count no more from then on (RFC 6238, section 5.2). */
export function confirmOffer({ sealed, typed }: { readonly sealed: Sealed; readonly typed: string }, context: OfferContext, deps: TotpDeps): Totp | undefined {
  const { key, id, digits, algorithm } = openOffer(sealed, context, deps);
  const code = normalizeCode(typed, digits);
  const now = deps.clock.now();
  const parameters = { digits, algorithm, periodSeconds };
  const step = code === undefined ? undefined : findStep(code, { secret: key, parameters }, { now, window: context.app.preferences.methods.totp.window });
  if (step === undefined) return undefined;
  return { id, userId: context.user.id, sealedSecret: sealSecret(key, id, deps.vault), ...parameters, lastUsedStep: step, createdAt: now };
}
