import type { MethodName } from '@portico/contract';
import type { AuditEvent, AuditKind } from '../model/audit-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { MethodContext } from './method.ts';

/** What happened, for the audit trail: whose flow and from where, never the address or what was typed. */
export function methodEvent(
  kind: AuditKind, context: MethodContext & { readonly method?: MethodName }, { clock }: { readonly clock: Clock },
): AuditEvent {
  const { app, client, flow, user, method } = context;
  return {
    kind,
    at: clock.now(),
    appId: app.id,
    clientId: client.id,
    flowId: flow.id,
    address: flow.origin.address,
    ...(user === undefined ? {} : { userId: user.id }),
    ...(method === undefined ? {} : { detail: { method } }),
  };
}
