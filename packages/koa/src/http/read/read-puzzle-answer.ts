import { puzzleHeader } from '@portico/contract';
import type { Context } from 'koa';
import type { Sender } from '../../flows/limit-action.ts';

/** What was solved, where something was: it comes in a header, for the action's body is the action's. */
export function puzzleAnswerIn(ctx: Context): Pick<Sender, 'puzzleAnswer'> {
  const puzzleAnswer = ctx.get(puzzleHeader);
  return puzzleAnswer === '' ? {} : { puzzleAnswer };
}
