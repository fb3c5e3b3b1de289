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

/** Each run of dark modules as a stroke along its row, from the end of the one before. */
function rowPath(row: readonly boolean[], y: number): string {
  const text = row.map((isDark) => (isDark ? '1' : '0')).join('');
  let end: number | undefined;
  return [...text.matchAll(/1+/g)].map(({ index, 0: run }) => {
    const start = end === undefined ? `M${index} ${y}.5` : `m${index - end} 0`;
    end = index + run.length;
    return `${start}h${run.length}`;
  }).join('');
}
