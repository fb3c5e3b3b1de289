import { pause } from '../flow/clock.ts';

/** Somebody who types is not talked to: the region speaks after a pause as long as this, and only if it has something new. */
const quietMilliseconds = 1_000;
const waiting = new WeakMap<Element, AbortController>();

/** Says something in a live region once nothing more has been said to it for a while. */
export async function sayCalmly(region: Element, text: string): Promise<void> {
  waiting.get(region)?.abort();
  const overtaken = new AbortController();
  waiting.set(region, overtaken);
  await pause(quietMilliseconds, overtaken.signal);
  if (!overtaken.signal.aborted && region.textContent !== text) region.textContent = text;
}
