import type { TotpParameters } from '../../model/totp.ts';
import { base32 } from './totp-secret.ts';

/** Whom an authenticator app shows beside the digits. */
export interface KeyLabel {
  readonly issuer: string;
  readonly account: string;
}

/** The label's two halves are parted by a colon, so that neither may have one. */
const bare = (text: string): string => text.replaceAll(':', ' ').trim();

/**
 * What a QR code for authenticator apps says: the "Key URI Format". The issuer stands in it twice, for older apps read
 * the label and newer ones the parameter. What apps take for granted anyway is left out: fewer and larger modules.
 */
export function keyUri(secret: Buffer, { issuer, account }: KeyLabel, { algorithm, digits, periodSeconds }: TotpParameters): string {
  const label = `${encodeURIComponent(bare(issuer))}:${encodeURIComponent(bare(account))}`;
  const unusual = [
    ...(algorithm === 'SHA1' ? [] : [`algorithm=${algorithm}`]),
    ...(digits === 6 ? [] : [`digits=${digits}`]),
    ...(periodSeconds === 30 ? [] : [`period=${periodSeconds}`]),
  ];
  return `otpauth://totp/${label}?${[`secret=${base32(secret)}`, `issuer=${encodeURIComponent(bare(issuer))}`, ...unusual].join('&')}`;
}
