import type { Flow, TypedPhone } from '../../model/flow.ts';

/** The number that the flow is about. A flow without one never comes here: that would be a fault of ours. */
export function numberOf({ flow }: { readonly flow: Pick<Flow, 'phone'> }): TypedPhone {
  if (flow.phone === undefined) throw new Error('An SMS method was begun without a number.');
  return flow.phone;
}
