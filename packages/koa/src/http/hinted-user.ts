import type { UserId } from '../model/ids.ts';
import { verifyIdTokenHint } from '../tokens/verify-id-token-hint.ts';
import type { HttpDeps } from './http-deps.ts';
import { single, type Parameters } from './read/read-body.ts';

/** Whom a request's `id_token_hint` names, if it is one of ours (OpenID Connect Core, section 3.1.2.1). */
export async function hintedUser(parameters: Parameters, deps: HttpDeps): Promise<UserId | undefined> {
  const hint = single(parameters, 'id_token_hint');
  return hint === undefined ? undefined : (await verifyIdTokenHint(hint, deps))?.userId;
}
