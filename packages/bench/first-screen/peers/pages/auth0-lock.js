// Sign-in by e-mail code, shown at once and in the page: a sign-in page has no button that opens it.
import { Auth0LockPasswordless } from 'auth0-lock';

const lock = new Auth0LockPasswordless('bench-client-id', 'http://auth0.localhost:__PORT__', {
  // The same answer as from the tenant's own domain, which would need TLS.
  configurationBaseUrl: 'http://auth0.localhost:__PORT__',
  container: 'login',
  allowedConnections: ['email'],
});
lock.show();
