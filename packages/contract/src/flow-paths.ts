/** The routes that a widget calls or leads to, below the issuer's own path: apart from the rest, which it need not carry. */
export const flowPaths = {
  preferences: '/preferences',
  flows: '/flows',
  flow: '/flow',
  flowEvents: '/flow/events',
  login: '/login',
  token: '/token',
} as const;
