import type { CanonicalEmail } from '../../model/ids.ts';
import type { MethodContext } from '../method.ts';

/** The address that the flow is about. A flow without one never comes here: that would be a fault of ours. */
export function addressOf({ flow }: Pick<MethodContext, 'flow'>): CanonicalEmail {
  if (flow.email === undefined) throw new Error('An e-mail method was begun without an address.');
  return flow.email;
}
