import type { TypedPhone } from '../../model/flow.ts';
import type { MethodContext } from '../method.ts';

/** The number that the flow is about. A flow without one never comes here: that would be a fault of ours. */
export function numberOf({ flow }: Pick<MethodContext, 'flow'>): TypedPhone {
  if (flow.phone === undefined) throw new Error('An SMS method was begun without a number.');
  return flow.phone;
}
