/**
 * A password that its owner is still making up: judged, and neither hashed nor kept.
 *
 * Owns: who may ask, in a flow and signed in. Does not own: the rules and how often one may ask (methods/password).
 */
import type { ErrorCode } from '@portico/contract';
import type { Judged } from '../methods/password/judge-password.ts';
import { AuthError } from '../model/auth-error.ts';
import { secondsUntil } from '../model/seconds-until.ts';
import type { Clock } from '../ports/clock.ts';
import { parseIfUsername } from '../users/canonical-username.ts';
import { ownerOf, type ChangeDeps, type PasswordAsker } from './change-own-password.ts';
import type { Scene } from './flow-deps.ts';
import { findSetter, withName } from './set-password.ts';

/** What stands in the fields of the step. */
interface StepFields {
  readonly password: string;
  readonly username?: string | undefined;
}

/**
 * For whoever is at `set-password`, with the name that they are choosing beside it.
 *
 * @throws {AuthError} `action_not_allowed`, `method_disabled`, `rate_limited`, `temporarily_unavailable`
 */
export async function tryOutInFlow(scene: Scene, { password: typed, username = '' }: StepFields): Promise<readonly ErrorCode[]> {
  const { flow, app, client, deps } = scene;
  if (flow.finishedAt !== undefined || flow.step !== 'set-password') throw new AuthError('action_not_allowed');
  const found = await findSetter(scene);
  if (found.fault !== undefined) throw new AuthError(found.fault.code);
  const context = withName({ app, client, flow, user: found.user }, parseIfUsername(username));
  return codesIn(await deps.password.tryOut(context, { typed, isToBeSet: true }), deps.clock);
}

/**
 * For whoever is signed in. A session alone sets none, and so does not learn which they had before.
 *
 * @throws {AuthError} `method_disabled`, `unauthorized`, `rate_limited`, `temporarily_unavailable`
 */
export async function tryOutOwn(asker: PasswordAsker, typed: string, deps: ChangeDeps): Promise<readonly ErrorCode[]> {
  return codesIn(await deps.password.tryOut(await ownerOf(asker, deps), { typed, isToBeSet: false }), deps.clock);
}

function codesIn(judged: Judged, clock: Clock): readonly ErrorCode[] {
  if (judged.outcome === 'judged') return judged.codes;
  throw new AuthError('rate_limited', { retryAfterSeconds: secondsUntil(judged.retryAt, clock.now()) });
}
