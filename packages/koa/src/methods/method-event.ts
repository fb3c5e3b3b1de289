import type { MethodName } from '@portico/contract';
import type { Client } from '../model/app.ts';
import type { AuditEvent, AuditKind } from '../model/audit-event.ts';
import type { Flow } from '../model/flow.ts';
import type { Clock } from '../ports/clock.ts';
import type { Detour, MethodContext } from './method.ts';

/** Where something happened: in a flow, or on a page of somebody who is signed in. */
export interface Occasion extends Pick<MethodContext, 'app'> {
  readonly client?: Pick<Client, 'id'>;
  readonly user?: MethodContext['user'];
  readonly detour?: Detour;
  readonly flow: Pick<Flow, 'origin'> & Partial<Pick<Flow, 'id'>>;
}

/** What happened, for the audit trail: whose flow and from where, never the address or what was typed. */
export function methodEvent(
  kind: AuditKind, context: Occasion & { readonly method?: MethodName }, { clock }: { readonly clock: Clock },
): AuditEvent {
  const { app, client, flow, user, method, detour } = context;
  return {
    kind,
    at: clock.now(),
    appId: app.id,
    ...(client === undefined ? {} : { clientId: client.id }),
    ...(flow.id === undefined ? {} : { flowId: flow.id }),
    address: flow.origin.address,
    ...(user === undefined ? {} : { userId: user.id }),
    ...(method === undefined && detour === undefined ? {} : { detail: { ...(method === undefined ? {} : { method }), ...(detour === undefined ? {} : { detour: detour.to }) } }),
  };
}
