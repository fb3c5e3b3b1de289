import { isWelcome } from '../methods/passkey/is-welcome.ts';
import type { SocialMethod } from '../methods/social/social.method.ts';
import type { App } from '../model/app.ts';
import type { Proof } from '../model/proof.ts';
import { identifiersOf } from '../preferences/identifiers-of.ts';
import type { Possessions } from './possessions.ts';

/** One way in, as the proof that it would lead to. */
export type WayIn = Pick<Proof, 'method' | 'isMultiFactor'>;

/** Which providers an app has. */
export type Providers = Pick<SocialMethod, 'providersOf' | 'findByDomain'>;

const single = (method: WayIn['method']): WayIn => ({ method, isMultiFactor: false });

/** By what a user can sign in to an app as it is set now: what is switched off, or no longer let in, is no way in. */
export function waysInOf(had: Possessions, app: App, providers: Providers): readonly WayIn[] {
  return [...mailWays(had, app, providers), ...phoneWays(had, app, providers), ...passwordWays(had, app, providers), ...passkeyWays(had, app), ...providerWays(had, app, providers)];
}

/** The provider that the domain of their address belongs to: by whatever name they come, they are sent there. */
function routeOf({ user }: Possessions, app: App, providers: Providers): string | undefined {
  return user.email === undefined ? undefined : providers.findByDomain(app, user.email.canonical)?.id;
}

/** An address that was never proved is the next one's who proves it. */
function mailWays(had: Possessions, app: App, providers: Providers): readonly WayIn[] {
  if (had.user.email?.verifiedAt === undefined || routeOf(had, app, providers) !== undefined) return [];
  const { methods } = app.preferences;
  return (['email-code', 'magic-link'] as const).filter((method) => methods[method].isOn).map(single);
}

function phoneWays(had: Possessions, app: App, providers: Providers): readonly WayIn[] {
  if (had.user.phone?.verifiedAt === undefined || routeOf(had, app, providers) !== undefined) return [];
  return app.preferences.methods['sms-code'].isOn ? [single('sms-code')] : [];
}

/** A password is asked for once there is a name to ask it of. */
function passwordWays(had: Possessions, app: App, providers: Providers): readonly WayIn[] {
  const { user, hasPassword } = had;
  const kinds = identifiersOf(app.preferences);
  const hasName = (user.email !== undefined && kinds.includes('email')) || (user.phone !== undefined && kinds.includes('phone')) || (user.username !== undefined && kinds.includes('username'));
  return hasPassword && app.preferences.methods.password.isOn && hasName && routeOf(had, app, providers) === undefined ? [single('password')] : [];
}

/** One that has verified its user once does so again; where the app insists on it, none comes without. */
function passkeyWays({ passkeys }: Possessions, { preferences }: App): readonly WayIn[] {
  const { passkey } = preferences.methods;
  return passkeys.filter((each) => isWelcome(each, passkey)).map(({ isUserVerified }) => ({ method: 'passkey', isMultiFactor: isUserVerified || passkey.userVerification === 'required' }));
}

function providerWays(had: Possessions, app: App, providers: Providers): readonly WayIn[] {
  const route = routeOf(had, app, providers);
  const on = new Set(providers.providersOf(app).map(({ id }) => id).filter((id) => route === undefined || id === route));
  return had.identities.filter(({ provider }) => on.has(provider)).map(() => single('social'));
}
