import { methodEvent } from '../methods/method-event.ts';
import type { ProvedContext } from '../methods/second-factor-lock.ts';
import type { Store } from '../ports/store.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { FlowDeps } from './flow-deps.ts';

/**
 * Ends all that others may have of an account: its sessions and grants, the flows in which somebody is proved as its
 * user already, by an old password or by the same mailbox, and the recoveries that wait for an answer. In the transaction
 * of what recovers it, before a session is opened.
 */
export async function settleRecovery(context: ProvedContext, store: Store, { clock }: Pick<FlowDeps, 'clock'>): Promise<void> {
  const { user, flow } = context;
  await endSessions(user.id, { store, clock }, { flow: flow.id });
  await store.challenges.endRecoveriesOf(user.id);
  await store.audit.insert(methodEvent('recovered', context, { clock }));
}
