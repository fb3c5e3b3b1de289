/** The one client that every OpenID provider of the benchmark knows, and the user whose tokens are exchanged. */
export const relyingParty = {
  clientId: 'bench-client',
  clientSecret: 'a-secret-of-the-benchmark-and-of-nothing-else',
  /** Nobody listens there: codes are read from the redirect. */
  redirectUri: 'http://localhost:9/callback',
  scope: 'openid email offline_access',
  pkceVerifier: 'a-verifier-of-forty-three-characters-or-more-1',
  email: 'ada@bench.example',
  password: 'correct-horse-battery-staple',
} as const;
