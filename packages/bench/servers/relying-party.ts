/** The one client that every OpenID provider of the benchmark knows, and the user whose tokens are exchanged. */
export const relyingParty = {
  clientId: 'bench-client',
  /** Of the app that has passwords on. */
  passwordClientId: 'bench-password-client',
  clientSecret: 'a-secret-of-the-benchmark-and-of-nothing-else',
  /** Nobody listens there: codes are read from the redirect. */
  redirectUri: 'http://localhost:9/callback',
  scope: 'openid email offline_access',
  pkceVerifier: 'a-verifier-of-forty-three-characters-or-more-1',
  /** Its SHA-256. */
  pkceChallenge: 'w5HkeCfzdAhWx8dBRZ7_Z-o-E81YkAc9K5Fg1PfkeA0',
  email: 'ada@bench.example',
  password: 'correct-horse-battery-staple',
} as const;
