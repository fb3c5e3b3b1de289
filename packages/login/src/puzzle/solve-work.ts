import type { WorkPuzzle } from '@portico/contract';

/** So many at once: a phone's browser derives each on a thread of its own. */
const atOnce = 4;

const octetsOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/**
 * Finds the number. The browser itself does the work, beside the page's own thread: nothing stops moving meanwhile, and no
 * worker is needed, which a page's policy might forbid. @returns nothing if there is none, if nobody waits for it any
 * more, or if the browser will not (a page without TLS).
 */
export async function solveWork(puzzle: WorkPuzzle, host: HTMLElement): Promise<string | undefined> {
  for (let first = 1; first <= puzzle.most && host.isConnected; first += atOnce) {
    const numbers = Array.from({ length: atOnce }, (_, at) => String(first + at));
    const keys = await Promise.all(numbers.map((number) => keyOf(number, puzzle)));
    const found = numbers[keys.indexOf(puzzle.key)];
    if (found !== undefined) return found;
  }
  return undefined;
}

async function keyOf(number: string, { salt, iterations }: WorkPuzzle): Promise<string> {
  const base = await crypto.subtle.importKey('raw', octetsOf(number), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: octetsOf(salt), iterations }, base, 128);
  return btoa(String.fromCharCode(...new Uint8Array(bits))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
