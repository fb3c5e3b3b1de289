import type { QrCode } from '@portico/contract';

/**
 * A text as a QR code, drawn here: the secret in it goes to no other service. One path, so that the widget needs no
 * library. Loaded with the first enrolment.
 */
export async function drawQr(text: string): Promise<QrCode> {
  const { encode } = await import('uqr');
  // Four light modules all round (ISO/IEC 18004, section 9.1).
  const { data } = encode(text, { ecc: 'M', border: 4 });
  return { size: data.length, path: data.map(rowPath).join('') };
}

/** Each run of dark modules as one bar. */
function rowPath(row: readonly boolean[], y: number): string {
  const text = row.map((isDark) => (isDark ? '1' : '0')).join('');
  return [...text.matchAll(/1+/g)].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`).join('');
}
