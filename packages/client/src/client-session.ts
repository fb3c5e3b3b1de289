/** The app's own session: who signed in, and the tokens that came with it. `JSON.stringify` gives user and moment only. */
export interface ClientSession {
  /** Names the session. It is not what the cookie holds, and proves nothing. */
  readonly id: string;
  /** The claims of the ID token. A user is `iss` and `sub` together; an e-mail address is no key. */
  readonly user: UserClaims;
  readonly accessToken: string;
  /** `undefined` if the issuer did not say; such a token is never refreshed ahead. */
  readonly accessTokenExpiresAt: Date | undefined;
  /** `undefined` if the issuer gave none: the session then outlives its access token, and cannot get another. */
  readonly refreshToken: string | undefined;
  readonly idToken: string;
  /** The issuer's session. */
  readonly sid: string | undefined;
  readonly createdAt: Date;
}

/** The claims of an ID token (OpenID Connect Core, section 2): `iss` and `sub`, and whatever the scope brought. */
export type UserClaims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

/** Makes a session safe to hand to the app: written into an answer by mistake, it shows no token. */
export function createClientSession(session: ClientSession): ClientSession {
  const toJSON = (): object => ({ user: session.user, createdAt: session.createdAt });
  return Object.freeze(Object.defineProperty({ ...session }, 'toJSON', { value: toJSON }));
}

/** Session → what is sealed. Moments are milliseconds since 1970. */
export function packSession(session: ClientSession): unknown {
  return [
    session.id,
    session.createdAt.getTime(),
    session.user,
    session.idToken,
    session.accessToken,
    session.accessTokenExpiresAt?.getTime() ?? null,
    session.refreshToken ?? null,
    session.sid ?? null,
  ];
}

/** What was sealed → session. `undefined` if it was sealed by a version that wrote another shape. */
export function parseSession(value: unknown): ClientSession | undefined {
  if (!Array.isArray(value)) return undefined;
  const [id, createdAt, user, idToken, accessToken, expiresAt, refreshToken, sid]: readonly unknown[] = value;
  if (!isText(id) || !isText(idToken) || !isText(accessToken) || typeof createdAt !== 'number' || !isUser(user)) return undefined;
  return createClientSession({
    id,
    user,
    accessToken,
    accessTokenExpiresAt: typeof expiresAt === 'number' ? new Date(expiresAt) : undefined,
    refreshToken: isText(refreshToken) ? refreshToken : undefined,
    idToken,
    sid: isText(sid) ? sid : undefined,
    createdAt: new Date(createdAt),
  });
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isUser(value: unknown): value is UserClaims {
  return typeof value === 'object' && value !== null && isText(Reflect.get(value, 'iss')) && isText(Reflect.get(value, 'sub'));
}
