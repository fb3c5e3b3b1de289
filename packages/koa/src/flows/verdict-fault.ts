import type { Verdict } from '../model/proof.ts';
import type { Fault } from './action.ts';

/** What a verdict that proves nothing is called on the wire. */
export function faultOf(verdict: Exclude<Verdict, { readonly outcome: 'proved' }>): Fault {
  return { code: verdict.code };
}
