import type { MethodName } from '@portico/contract';
import type { AuditEvent, AuditKind } from '../../model/audit-event.ts';
import type { MethodContext } from '../method.ts';
import type { EmailDeps } from './email-deps.ts';

/** What happened, for the audit trail: whose flow and from where, never the address or what was typed. */
export function emailEvent(
  kind: AuditKind, context: MethodContext & { readonly method?: MethodName }, { clock }: Pick<EmailDeps, 'clock'>,
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
