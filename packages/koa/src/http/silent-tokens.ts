import type { BackendTokens } from '@portico/contract';
import { checkAccess } from '../authorize/check-access.ts';
import { makeGrant } from '../authorize/make-grant.ts';
import { satisfiesRequest } from '../authorize/satisfies-request.ts';
import { isBelowPolicy } from '../mfa/is-below-policy.ts';
import { requestedLevel } from '../mfa/requested-acrs.ts';
import type { Client } from '../model/app.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import type { Granted } from '../model/grant.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { Session } from '../model/session.ts';
import { findBackendSession } from '../sessions/find-session.ts';
import { keepFirstTokens } from '../tokens/keep-first-tokens.ts';
import { signGranted } from './hand-out.ts';
import type { HttpDeps } from './http-deps.ts';
import { orRefusal } from './or-refusal.ts';
import type { Parameters } from './read/read-body.ts';

export interface SilentAsk {
  /** Of the session. */
  readonly secret: string;
  readonly parameters: Parameters;
  readonly client: Client;
}

/**
 * Tokens of a backend's session without its user (OpenID Connect Core, section 3.1.2.1, `prompt=none`, said for a backend).
 *
 * @throws {OAuthError} `invalid_grant` for a session that is none of this client's any more,
 * `insufficient_user_authentication` (RFC 9470, section 3) with what a flow has to ask for.
 */
export async function silentTokens({ secret, parameters, client }: SilentAsk, deps: HttpDeps): Promise<BackendTokens> {
  const session = await findBackendSession(secret, client.id, deps);
  if (session === undefined) throw ended();
  const request = checkAccess(parameters, client);
  await checkIsEnough(session, { client, request }, deps);
  const granted = await orRefusal(grantOf(session, { client, request }, deps));
  // It was closed, or its user suspended, since it was looked at.
  if (granted instanceof OAuthError) throw ended();
  return signGranted(granted, client, deps);
}

interface Asked {
  readonly client: Client;
  readonly request: AccessRequest;
}

async function checkIsEnough(session: Session, { client, request }: Asked, { store, clock }: HttpDeps): Promise<void> {
  const app = await store.apps.find(client.appId);
  const isBelow = app === undefined || (await isBelowPolicy({ ...session, app, request }, { store, clock }));
  if (satisfiesRequest({ session, client, request, now: clock.now(), isBelowPolicy: isBelow }).satisfied) return;
  const level = requestedLevel(request) ?? (isBelow ? 'mfa' : undefined);
  throw new OAuthError('insufficient_user_authentication', 'begin a flow with this session_id', {
    members: {
      ...(level === undefined ? {} : { acr_values: level }),
      ...(request.maxAgeSeconds === undefined ? {} : { max_age: request.maxAgeSeconds }),
    },
  });
}

function grantOf(session: Session, { client, request }: Asked, deps: HttpDeps): Promise<Granted> {
  return deps.store.transaction(async (store) => {
    const inside = { ...deps, store };
    const { grant, user } = await makeGrant({ session, client, request, isNewUser: false }, inside);
    return { grant, user, refreshToken: await keepFirstTokens(grant, client, inside) };
  });
}

function ended(): OAuthError {
  return new OAuthError('invalid_grant', 'the session is unknown, has ended, or is not this client’s');
}
