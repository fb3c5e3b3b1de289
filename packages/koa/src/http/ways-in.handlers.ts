import { z } from 'zod';
import type { TotpId } from '../model/ids.ts';
import type { Totp } from '../model/totp.ts';
import { shownName } from '../users/shown-name.ts';
import { addTotp, offerTotp } from '../ways/add-totp.ts';
import { identityIdOf, identityRemoval, totpRemoval } from '../ways/removals.ts';
import { renewRecoveryCodes } from '../ways/renew-recovery-codes.ts';
import { takeAway } from '../ways/take-away.ts';
import type { Handler } from './http-deps.ts';
import { ownPage } from './own-page.ts';
import { ownSession } from './own-session.ts';
import { parseBody } from './read/field-faults.ts';
import { readJson } from './read/read-body.ts';

/** `GET /account/v1/identities`: with which accounts at providers this user signs in. Who they are there is not in it. */
export const listIdentities: Handler = async (ctx, deps) => {
  const { session, app } = await ownPage(ctx, deps);
  const identities = await deps.store.identities.listOf(session.userId);
  ctx.body = {
    identities: identities.map((identity) => ({
      id: identityIdOf(identity, deps.vault),
      provider: identity.provider,
      name: deps.social.find(app, identity.provider)?.name ?? identity.provider,
      linked_at: identity.linkedAt.toISOString(),
    })),
  };
};

/** `DELETE /account/v1/identities/{id}`: that account leads here no more, and what was kept of the provider's tokens is gone. */
export const unlinkIdentity: Handler = async (ctx, deps) => {
  const owner = await ownPage(ctx, deps);
  const nameOf = (provider: string): string => deps.social.find(owner.app, provider)?.name ?? provider;
  await takeAway(owner, identityRemoval(String(ctx['params']?.id), deps.vault, nameOf), deps.waysIn);
  ctx.status = 204;
};

/** `GET /account/v1/totp`: this user's authenticator apps, and how many recovery codes are left. No secret is in it. */
export const listTotps: Handler = async (ctx, deps) => {
  const { userId } = await ownSession(ctx, deps);
  const totps = await deps.store.totps.listOf(userId);
  ctx.body = { totps: totps.map(totpView), recovery_codes_left: await deps.store.recoveryCodes.countOf(userId) };
};

function totpView({ id, digits, createdAt }: Totp) {
  return { id, code_length: digits, created_at: createdAt.toISOString() };
}

/** `POST /account/v1/totp-offers`: what one more app of theirs scans. Nothing is set up by it. */
export const offerOwnTotp: Handler = async (ctx, deps) => {
  ctx.body = await offerTotp(await ownPage(ctx, deps), shownName, deps.waysIn);
  ctx.status = 201;
};

const addSchema = z.strictObject({ offer: z.string().max(2_000), code: z.string().max(100) });

/** `POST /account/v1/totp`: its first digits; from then on they count. */
export const addOwnTotp: Handler = async (ctx, deps) => {
  const owner = await ownPage(ctx, deps);
  ctx.body = totpView(await addTotp(owner, parseBody(addSchema, await readJson(ctx)), deps.waysIn));
  ctx.status = 201;
};

/** `DELETE /account/v1/totp/{id}`: its digits count no more. */
export const removeTotp: Handler = async (ctx, deps) => {
  await takeAway(await ownPage(ctx, deps), totpRemoval(String(ctx['params']?.id) as TotpId), deps.waysIn);
  ctx.status = 204;
};

/** `POST /account/v1/recovery-codes`: new ones, shown this once; all older ones count no more. */
export const makeRecoveryCodes: Handler = async (ctx, deps) => {
  const codes = await renewRecoveryCodes(await ownPage(ctx, deps), deps.waysIn);
  ctx.status = 201;
  ctx.body = { codes };
};
