/**
 * What a provider gave for its own API, where the host asked that it be kept.
 *
 * Owns: that it is sealed, bound to the account that it is of, and young when it is read. Does not own: the rows, the link.
 */
import { refreshTokenGrant, ResponseBodyError, type Configuration, type TokenEndpointResponse } from 'openid-client';
import { z } from 'zod';
import type { Identity } from '../../model/identity.ts';
import type { Sealed, UserId } from '../../model/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { KeptTokens } from '../../ports/provider-tokens.ts';
import type { Store } from '../../ports/store.ts';
import type { Vault } from '../../ports/vault.ts';
import { refusalOf } from './refusal.ts';

/** A provider's tokens of somebody, for calls of the host's own server to that provider. */
export interface ProviderTokenSet {
  readonly accessToken: string;
  /** What they are good for, as the provider said it. */
  readonly scope?: string;
  /** Absent where the provider names no end. */
  readonly expiresAt?: Date;
}

const keptSchema = z.object({ accessToken: z.string(), refreshToken: z.string().optional(), scope: z.string().optional(), expiresAt: z.iso.datetime().optional() });
type Kept = z.output<typeof keptSchema>;

type Account = Pick<Identity, 'issuer' | 'subject'>;

interface Sealing {
  readonly vault: Vault;
  readonly clock: Clock;
}

/** Elsewhere than at this account it does not open. */
const binding = ({ issuer, subject }: Account): string => `provider_token.sealed:${JSON.stringify([issuer, subject])}`;

/** A token endpoint's answer as it is kept. A refresh token that is not given anew is the one that there was. */
export function sealTokens(given: TokenEndpointResponse, account: Account & { readonly refreshToken?: string | undefined }, { vault, clock }: Sealing): Sealed {
  const { access_token: accessToken, refresh_token: refreshToken = account.refreshToken, scope, expires_in: seconds } = given;
  const expiresAt = typeof seconds === 'number' ? new Date(clock.now().getTime() + seconds * 1_000).toISOString() : undefined;
  return vault.seal(JSON.stringify({ accessToken, refreshToken, scope, expiresAt } satisfies Record<keyof Kept, unknown>), binding(account));
}

interface ReadingDeps extends Sealing {
  readonly store: Store;
  readonly connect: (provider: string) => Promise<Configuration>;
}

/** Reads them; `undefined` where nothing is kept, or what is kept is past and cannot be refreshed. */
export type ReadTokens = (userId: UserId, provider: string) => Promise<ProviderTokenSet | undefined>;

/** Time enough to make a call with what is handed out. */
const leastMs = 60_000;

/** @throws {Error} where the provider has to be asked and cannot be reached */
export function createReadTokens(deps: ReadingDeps): ReadTokens {
  const running = new Map<string, Promise<ProviderTokenSet | undefined>>();
  return async (userId, provider) => {
    const identities = await deps.store.identities.listOf(userId);
    const identity = identities.find((each) => each.provider === provider);
    const kept = identity && (await deps.store.providerTokens.find(identity));
    if (identity === undefined || kept === undefined) return undefined;
    const tokens = open(kept, deps);
    if (isYoung(tokens, deps)) return shown(tokens);
    // A refresh token that rotates is good for one question: who asks at the same time gets the same answer.
    const account = binding(identity);
    const answer = running.get(account) ?? readAnew(identity, provider, deps).finally(() => running.delete(account));
    running.set(account, answer);
    return answer;
  };
}

/** Reads first: a slow reader may come with what somebody refreshed, and ended refreshing, meanwhile. */
async function readAnew(account: Account, provider: string, deps: ReadingDeps): Promise<ProviderTokenSet | undefined> {
  const kept = await deps.store.providerTokens.find(account);
  if (kept === undefined) return undefined;
  const tokens = open(kept, deps);
  return isYoung(tokens, deps) ? shown(tokens) : refresh(kept, provider, deps);
}

function open(kept: KeptTokens, { vault }: Sealing): Kept {
  return keptSchema.parse(JSON.parse(vault.open(kept.sealed, binding(kept))));
}

function isYoung({ expiresAt }: Kept, { clock }: Sealing): boolean {
  return expiresAt === undefined || new Date(expiresAt).getTime() - clock.now().getTime() > leastMs;
}

function shown({ accessToken, scope, expiresAt }: Kept): ProviderTokenSet {
  return { accessToken, ...(scope === undefined ? {} : { scope }), ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) }) };
}

async function refresh(kept: KeptTokens, provider: string, deps: ReadingDeps): Promise<ProviderTokenSet | undefined> {
  const { refreshToken } = open(kept, deps);
  if (refreshToken === undefined) return undefined;
  const given = await askAnew(refreshToken, provider, deps);
  if (given === undefined) {
    // Another process may have been faster with the same one; otherwise the person took their leave back over there.
    await deps.store.providerTokens.remove(kept);
    return readAfter(kept, deps);
  }
  const sealed = sealTokens(given, { ...kept, refreshToken }, deps);
  const fresh = { ...kept, sealed, updatedAt: deps.clock.now() };
  // Unlinked meanwhile, or somebody was faster: what is there counts.
  return (await deps.store.providerTokens.replace(kept.sealed, fresh)) ? shown(open(fresh, deps)) : readAfter(kept, deps);
}

/** `undefined` if the provider takes the refresh token no more (RFC 6749, section 5.2). */
async function askAnew(refreshToken: string, provider: string, { connect }: ReadingDeps): Promise<TokenEndpointResponse | undefined> {
  try {
    return await refreshTokenGrant(await connect(provider), refreshToken);
  } catch (thrown) {
    if (thrown instanceof ResponseBodyError && thrown.error === 'invalid_grant') return undefined;
    throw refusalOf(thrown);
  }
}

async function readAfter(account: Account, deps: ReadingDeps): Promise<ProviderTokenSet | undefined> {
  const kept = await deps.store.providerTokens.find(account);
  const tokens = kept && open(kept, deps);
  return tokens && isYoung(tokens, deps) ? shown(tokens) : undefined;
}
