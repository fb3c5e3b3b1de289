/** What a page does with a puzzle, as far as the contract says; and sending the same action again. */
import assert from 'node:assert/strict';
import { pbkdf2Sync } from 'node:crypto';
import { puzzleHeader, type ActionName, type PuzzleView, type WorkPuzzle } from '@portico/contract';
import { isProblem, type Browser, type FlowBody, type Reply } from './browser.ts';

export function asWork(puzzle: PuzzleView | undefined): WorkPuzzle {
  assert.ok(puzzle?.kind === 'work', JSON.stringify(puzzle));
  return puzzle;
}

/** The number, found as anybody has to. */
export function solve({ salt, iterations, key, most }: WorkPuzzle): number {
  const octets = Buffer.from(key, 'base64url');
  for (let number = 1; number <= most; number += 1) {
    if (pbkdf2Sync(String(number), salt, iterations, octets.length, 'sha256').equals(octets)) return number;
  }
  throw new Error('There is no such number.');
}

export const answerTo = (puzzle: PuzzleView | undefined): string => `${asWork(puzzle).token}.${solve(asWork(puzzle))}`;

/** Sends an action, and once more with the answer if a puzzle comes first. */
export async function actSolving(browser: Browser, action: ActionName, body: Record<string, unknown>): Promise<Reply<FlowBody> & { readonly wasAsked: boolean }> {
  const reply = await browser.act(action, body);
  if (reply.body.code !== 'puzzle_required') return { ...reply, wasAsked: false };
  const { puzzle } = isProblem(reply, 403, 'puzzle_required');
  return { ...(await browser.act(action, body, { [puzzleHeader]: answerTo(puzzle) })), wasAsked: true };
}
