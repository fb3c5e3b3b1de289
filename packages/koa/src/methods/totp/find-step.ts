import { timingSafeEqual } from 'node:crypto';
import type { TotpParameters } from '../../model/totp.ts';
import { oneTimeDigits, stepAt } from './one-time-digits.ts';

/**
 * The newest step within the window that has these digits. Every step is computed and compared in full, so that the
 * time tells nothing of which it is.
 */
export function findStep(
  typed: string, { secret, parameters }: { readonly secret: Buffer; readonly parameters: TotpParameters }, { now, window }: { readonly now: Date; readonly window: number },
): number | undefined {
  const present = stepAt(now, parameters);
  const steps = Array.from({ length: 2 * window + 1 }, (_, at) => present - window + at);
  const matching = steps.filter((step) => {
    const digits = oneTimeDigits(secret, Math.max(0, step), parameters);
    return digits.length === typed.length && timingSafeEqual(Buffer.from(digits), Buffer.from(typed));
  });
  return matching.at(-1);
}
