import type { FlowView } from '@portico/contract';
import type { Context } from 'koa';
import type { Ran } from '../flows/run-action.ts';
import { problemOf, sendProblem } from './answer-error.ts';

/** What came of an action: the view that follows, or the fault with the view to go on with. */
export function sendRan(ctx: Context, { fault, puzzle }: Pick<Ran, 'fault' | 'puzzle'>, view: FlowView): void {
  if (fault === undefined) {
    ctx.body = view;
    return;
  }
  const { code, field, fieldCodes = [code], fields, retryAfterSeconds } = fault;
  const ofField = field === undefined ? [] : fieldCodes.map((each) => ({ path: field, code: each }));
  const told = { code, fields: fields ?? ofField, retryAfterSeconds };
  sendProblem(ctx, { ...problemOf(ctx, told), flow: view, ...(puzzle === undefined ? {} : { puzzle }) });
}
