import { codeSms } from '../../delivery/templates/code.sms.ts';
import { AuthError } from '../../model/auth-error.ts';
import type { Sms } from '../../model/sms.ts';
import { findLock } from '../answer-lock.ts';
import { maySignIn } from '../may-sign-in.ts';
import { methodEvent } from '../method-event.ts';
import type { Begun, MethodContext } from '../method.ts';
import { newOneTimeCode, type NewCode } from '../one-time-code.ts';
import { purposeOf } from '../purpose-of.ts';
import { numberOf } from './number-of.ts';
import { smsCodeChannel } from './sms-code-channel.ts';
import type { SmsDeps } from './sms-deps.ts';
import { smsLock } from './sms-lock.ts';

/**
 * Ends the flow's open code, makes a new one and queues its SMS, all or nothing. A number that cannot sign in costs the
 * same statements and gets none: unlike a mail, an SMS is paid for, and one that says that there is no account would be
 * worth as much to who sells traffic as one with a code.
 *
 * @throws {AuthError} `method_disabled`; `too_many_attempts` while the number is locked.
 */
export async function sendSms(context: MethodContext, deps: SmsDeps): Promise<Begun> {
  const { isOn, lifetimeSeconds, attempts } = context.app.preferences.methods['sms-code'];
  if (!isOn) throw new AuthError('method_disabled');
  if ((await findLock(smsLock(context, deps), deps)) !== undefined) throw new AuthError('too_many_attempts');
  const terms = { lifetimeSeconds, attempts, phone: numberOf(context).canonical };
  const made = newOneTimeCode(context, terms, { ...deps, channel: smsCodeChannel(context, deps) });
  const written = writeSms(context, made, deps);
  const sms = maySignIn(context) ? written : undefined;
  const { id, expiresAt } = made.challenge;
  await deps.store.transaction(async (store) => {
    await store.challenges.replace(context.flow.id, ['sms-code'], purposeOf(context));
    await store.challenges.insert(made.challenge);
    await deps.outbox.queueSms(sms, { challengeId: id, expiresAt }, store);
    await store.audit.insert(methodEvent(sms === undefined ? 'sms_withheld' : 'sms_queued', { ...context, method: 'sms-code' }, deps));
  });
  deps.outbox.nudge();
  return { challenges: { 'sms-code': id } };
}

function writeSms(context: MethodContext, { code, challenge }: NewCode, { issuer }: SmsDeps): Sms {
  const { app, flow } = context;
  return codeSms({
    to: numberOf(context).canonical,
    code,
    appName: app.name,
    language: flow.language,
    pageHost: flow.pageHost ?? new URL(issuer).hostname,
    requestedAt: challenge.createdAt,
    expiresAt: challenge.expiresAt,
    ...(purposeOf(context) === 'recover' ? { isRecovery: true } : {}),
  });
}
