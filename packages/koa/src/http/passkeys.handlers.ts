import { keeperOf } from '../model/aaguid-names.ts';
import { AuthError } from '../model/auth-error.ts';
import type { PasskeyId } from '../model/ids.ts';
import type { Passkey } from '../model/passkey.ts';
import { remainingSignal } from '../ways/remaining-signal.ts';
import { passkeyRemoval } from '../ways/removals.ts';
import { takeAway } from '../ways/take-away.ts';
import type { Handler } from './http-deps.ts';
import { ownPage } from './own-page.ts';
import { ownSession } from './own-session.ts';
import { readJson } from './read/read-body.ts';
import { readPasskeyName } from './read/read-passkey-name.ts';

/** What its owner sees of a passkey. No key is in it, and no counter. */
function passkeyView({ id, nickname, rpId, aaguid, isBackupEligible, isBackedUp, createdAt, lastUsedAt, copySuspectedAt }: Passkey) {
  const provider = keeperOf(aaguid);
  return {
    id,
    name: nickname,
    rp_id: rpId,
    ...(provider === undefined ? {} : { provider }),
    may_sync: isBackupEligible,
    is_synced: isBackedUp,
    created_at: createdAt.toISOString(),
    ...(lastUsedAt === undefined ? {} : { last_used_at: lastUsedAt.toISOString() }),
    ...(copySuspectedAt === undefined ? {} : { copy_suspected_at: copySuspectedAt.toISOString() }),
  };
}

/** `GET /account/v1/passkeys`: with which passkeys this user signs in, those of every app. */
export const listPasskeys: Handler = async (ctx, deps) => {
  const { userId } = await ownSession(ctx, deps);
  ctx.body = { passkeys: (await deps.store.passkeys.listOf(userId)).map(passkeyView) };
};

/** `PATCH /account/v1/passkeys/{id}`: calls one of them something else. */
export const renamePasskey: Handler = async (ctx, deps) => {
  const own = await ownSession(ctx, deps);
  const id = String(ctx['params']?.id) as PasskeyId;
  const nickname = readPasskeyName(await readJson(ctx));
  // Somebody else's passkey is no passkey that there is.
  const renamed = await deps.store.passkeys.rename(id, own.userId, nickname);
  if (renamed === undefined) throw new AuthError('not_found');
  await deps.store.audit.insert({
    kind: 'passkey_renamed', at: deps.clock.now(), userId: own.userId, sessionId: own.id, address: deps.readAddress(ctx),
  });
  ctx.body = passkeyView(renamed);
};

/** `DELETE /account/v1/passkeys/{id}`: it signs in no more. Answers with what the browser may be told of those that are left. */
export const deletePasskey: Handler = async (ctx, deps) => {
  const owner = await ownPage(ctx, deps);
  const id = String(ctx['params']?.id) as PasskeyId;
  const removed = await deps.store.passkeys.find(id);
  const left = await takeAway(owner, passkeyRemoval(id), deps.waysIn);
  const signal = removed && (await remainingSignal(removed, left, deps.store));
  ctx.body = signal === undefined ? {} : { passkey_signal: signal };
};
