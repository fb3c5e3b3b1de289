import type { AuditEvent, AuditKind } from '../../model/audit-event.ts';
import type { UserId } from '../../model/ids.ts';
import type { MethodContext } from '../method.ts';
import type { PasskeyRefusal } from './refusal.ts';

const causeLength = 160;

/** Who, where and when of an event of this method. `userId` is of whom was asked or proved, not of who claims to be. */
export function passkeyEvent(kind: AuditKind, { app, client, flow }: MethodContext, about: { at: Date; userId?: UserId | undefined }): AuditEvent {
  return {
    kind,
    at: about.at,
    appId: app.id,
    clientId: client.id,
    flowId: flow.id,
    address: flow.origin.address,
    ...(about.userId === undefined ? {} : { userId: about.userId }),
  };
}

/** The library's own words, cut: they name what was expected and sent, none of which is a secret once it was claimed. */
function causeOf({ cause }: PasskeyRefusal): { readonly cause?: string } {
  return cause instanceof Error ? { cause: cause.message.slice(0, causeLength) } : {};
}

/** A refused ceremony with its cause: what the answer does not say (WebAuthn Level 3, section 14.6.3). */
export function refusalEvent(refusal: PasskeyRefusal, context: MethodContext, at: Date): AuditEvent {
  return {
    ...passkeyEvent('passkey_refused', context, { at, userId: context.user?.id }),
    detail: { reason: refusal.reason, ...causeOf(refusal) },
  };
}
