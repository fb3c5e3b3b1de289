/** What is measured, of whom. */
import * as betterAuth from './contenders/better-auth.ts';
import * as floors from './contenders/floors.ts';
import * as oidcProvider from './contenders/oidc-provider.ts';
import * as portico from './contenders/portico.ts';
import type { Prepare, Scenario } from './scenario.ts';

/** Portico on both engines. */
const both = (prepare: Prepare): Pick<Scenario['contenders'], 'portico' | 'portico-postgres'> => ({ portico: prepare, 'portico-postgres': prepare });
/** oidc-provider on both of its stores. */
const eachStore = (prepare: Prepare): Pick<Scenario['contenders'], 'oidc-provider' | 'oidc-provider-memory'> => ({ 'oidc-provider': prepare, 'oidc-provider-memory': prepare });

export const scenarios: readonly Scenario[] = [
  {
    name: 'exchange-code', title: 'Code exchange', usesUp: true,
    contenders: { ...both(portico.exchangeCode), ...eachStore(oidcProvider.exchangeCode), 'better-auth': betterAuth.exchangeCode, 'floor-exchange': floors.exchangeCode },
  },
  {
    name: 'refresh', title: 'Refresh',
    contenders: { ...both(portico.refresh), ...eachStore(oidcProvider.refresh), 'better-auth': betterAuth.refresh },
  },
  {
    name: 'userinfo', title: 'Userinfo',
    contenders: { ...both(portico.readUserinfo), ...eachStore(oidcProvider.readUserinfo), 'better-auth': betterAuth.readUserinfo },
  },
  {
    name: 'introspect', title: 'Introspection',
    contenders: { ...both(portico.introspect), ...eachStore(oidcProvider.introspect), 'better-auth': betterAuth.introspect },
  },
  { name: 'session', title: 'Session check, in the store', contenders: { ...both(portico.checkSession), 'better-auth': betterAuth.checkSession } },
  { name: 'cached-session', title: 'Session check, from the cookie', contenders: { portico: portico.checkCachedSession, 'better-auth': betterAuth.checkCachedSession } },
  { name: 'email-code', title: 'Sign-in by e-mail code', contenders: { ...both(portico.signInByEmailCode), 'better-auth': betterAuth.signInByEmailCode } },
  { name: 'passkey', title: 'Sign-in by passkey', contenders: { ...both(portico.signInByPasskey), 'better-auth': betterAuth.signInByPasskey } },
  { name: 'password', title: 'Sign-in by password', contenders: { ...both(portico.signInByPassword), 'better-auth': betterAuth.signInByPassword } },
  { name: 'preferences', title: 'Login preferences', contenders: { ...both(portico.showPreferences), 'floor-node-http': floors.showNothing } },
  {
    name: 'discovery', title: 'Discovery',
    contenders: { portico: portico.showDiscovery, 'oidc-provider': oidcProvider.showDiscovery, 'better-auth': betterAuth.showDiscovery, 'floor-node-http': floors.showNothing },
  },
  {
    name: 'jwks', title: 'Key set',
    contenders: { portico: portico.showJwks, 'oidc-provider': oidcProvider.showJwks, 'better-auth': betterAuth.showJwks, 'floor-node-http': floors.showNothing },
  },
  {
    name: 'guard-seen', title: '`guard`, a token seen before',
    contenders: { guard: floors.guardSeenToken, 'bare-route-with-token': floors.askBareRouteWithToken, 'bare-route': floors.askBareRoute, 'by-hand': floors.checkByHand },
  },
  { name: 'guard-new', title: '`guard`, each token once', usesUp: true, contenders: { guard: floors.guardNewToken, 'bare-route': floors.askBareRoute, 'by-hand': floors.checkByHand } },
];
