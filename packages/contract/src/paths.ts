import { flowPaths } from './flow-paths.ts';

/** Every route, below the issuer's own path. */
export const paths = {
  ...flowPaths,
  authorize: '/authorize',
  recover: '/recover',
  link: '/link',
  approve: '/approve',
  notMe: '/not-me',
  social: '/social',
  logout: '/logout',
  par: '/par',
  revoke: '/revoke',
  introspect: '/introspect',
  userinfo: '/userinfo',
  jwks: '/jwks',
  authenticateSession: '/sessions/authenticate',
  closeSession: '/sessions/close',
  sessions: '/account/v1/sessions',
  password: '/account/v1/password',
  passwordCheck: '/account/v1/password-check',
  flowPasswordCheck: '/flow/password-check',
  username: '/account/v1/username',
  passkeys: '/account/v1/passkeys',
  identities: '/account/v1/identities',
  totps: '/account/v1/totp',
  totpOffers: '/account/v1/totp-offers',
  recoveryCodes: '/account/v1/recovery-codes',
  devices: '/account/v1/devices',
  contacts: '/account/v1/contacts',
  contactChanges: '/account/v1/contact-changes',
  contactLink: '/contact',
  contactUndo: '/contact-undo',
  devInbox: '/dev/inbox',
} as const;

/** Files at the root of the issuer's host (RFC 8615). RFC 8414, section 3.1 puts the issuer's path behind the second. */
export const wellKnown = {
  openidConfiguration: '/.well-known/openid-configuration',
  oauthAuthorizationServer: '/.well-known/oauth-authorization-server',
  /** WebAuthn Level 3, section 5.11: at the root alone. */
  webauthn: '/.well-known/webauthn',
  /** A Well-Known URL for Changing Passwords (W3C): at the root alone. */
  changePassword: '/.well-known/change-password',
} as const;

/** The request header that carries the flow handle. Never a URL. */
export const flowHeader = 'Flow';

/** The request header that carries the answer to a puzzle, beside the action that it was asked for. */
export const puzzleHeader = 'Flow-Puzzle';
