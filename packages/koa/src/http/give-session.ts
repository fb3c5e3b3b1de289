import type { Context } from 'koa';
import { closeSession } from '../sessions/close-session.ts';
import type { OpenedSession } from '../sessions/open-session.ts';
import type { HttpDeps } from './http-deps.ts';

/**
 * Gives a browser the session that a flow ended in. The one that it had until now is closed if it is another person's:
 * whoever signs in at a shared browser must not leave the one before signed in, out of everybody's sight. One's own is
 * left to end by itself, for closing it would sign the same person out of their other apps.
 */
export async function giveSession(ctx: Context, opened: OpenedSession | undefined, deps: HttpDeps): Promise<void> {
  if (opened === undefined) return;
  const secretBefore = deps.cookies.readSession(ctx);
  // First of all: a fault below must not keep the session from its browser, for the flow has ended.
  deps.cookies.writeSession(ctx, opened.secret, deps.sessionLife.lifetimeSeconds);
  // Written at each sign-in, so that a device in use stays known for as long as it is in use.
  const devices = deps.cookies.readDevices(ctx).filter((secret) => secret !== opened.deviceSecret);
  const kept = opened.deviceSecret === undefined ? devices : [...devices, opened.deviceSecret];
  if (kept.length > 0) deps.cookies.writeDevices(ctx, kept);
  if (secretBefore === undefined) return;
  const before = await deps.store.sessions.findBySecret(deps.vault.digest('session', secretBefore), deps.clock.now());
  if (before !== undefined && before.userId !== opened.session.userId) await closeSession(before, deps);
}
