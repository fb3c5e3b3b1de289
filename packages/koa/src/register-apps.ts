/**
 * What the host wrote of apps and clients, as records.
 *
 * Owns: defaults that depend on each other (origins from redirect URIs, passkeys from the issuer). Does not own: the
 * checks of single values (options.ts).
 */
import { z } from 'zod';
import { checkRelatedOrigins } from './check-related-origins.ts';
import { checkUsernames } from './check-usernames.ts';
import { checkSecondFactors } from './check-second-factors.ts';
import { checkSmsPlaces } from './check-sms-places.ts';
import type { App, Client } from './model/app.ts';
import type { AppId, ClientId } from './model/ids.ts';
import type { LoginPreferences, PasskeyPreferences } from './model/login-preferences.ts';
import { replaceableBy } from './model/replaceable-by.ts';
import { checkRedirectUriRegistration } from './authorize/check-redirect-uri-registration.ts';
import type { MethodOption } from './methods/method-option.ts';
import { derivePasskeyOrigins, listPasskeyFaults, type PasskeyFault } from './methods/passkey/passkey-options.ts';
import type { AppSettings, ClientSettings } from './options.ts';
import type { Store } from './ports/store.ts';
import type { Vault } from './ports/vault.ts';
import { fitPasswordLengths } from './fit-password-lengths.ts';
import { defaultPreferences } from './preferences/default-preferences.ts';
import { describeStranded, listStranded } from './preferences/list-stranded.ts';
import { mergePreferences } from './preferences/merge-preferences.ts';
import { preferencesSchema } from './preferences/preferences-schema.ts';
import { methodsOf } from './preferences/preferences-view.ts';

interface Host {
  readonly issuer: string;
  readonly methods: readonly MethodOption[];
  readonly vault: Vault;
  readonly hasSmsSender: boolean;
  readonly hasCaptcha: boolean;
}

/** Writes the apps and clients that code manages, at each start. @throws {Error} that names what is wrong with one. */
export async function registerApps(apps: readonly AppSettings[], host: Host, store: Store): Promise<void> {
  checkMethodSettings(host.methods);
  const records = apps.map((app) => {
    const clients = app.clients.map((client) => clientOf(client, app, host));
    return { app: appOf(app, clients, host), clients };
  });
  checkRelatedOrigins(records.map(({ app }) => app));
  checkSecondFactors(records.map(({ app }) => app));
  const fitted = fitPasswordLengths(records, (app) => saysMinLength(apps, app, host.methods));
  for (const { app, clients } of fitted) {
    await store.apps.put(app);
    for (const client of clients) await store.clients.put(client);
  }
}

function saysMinLength(apps: readonly AppSettings[], { id }: App, methods: Host['methods']): boolean {
  const own = apps.find((app) => app.id === id)?.preferences.methods?.password?.minLength;
  return own !== undefined || methods.some(({ method, settings }) => method === 'password' && settings.minLength !== undefined);
}

/** What a host says of a method has the same bounds as what an app says of it. */
function checkMethodSettings(methods: Host['methods']): void {
  for (const { method, settings } of methods) {
    const parsed = preferencesSchema.safeParse({ methods: { [method]: settings } });
    if (!parsed.success) throw new Error(`createAuth: ${z.prettifyError(parsed.error)}`);
  }
}

function appOf(app: AppSettings, clients: readonly Client[], host: Host): App {
  return {
    id: app.id as AppId,
    name: app.name,
    ...(app.url === undefined ? {} : { url: app.url }),
    allowsPublicSignup: app.allowPublicSignup,
    preferences: preferencesOf(app, clients, host),
    isManagedByCode: true,
  };
}

function preferencesOf(app: AppSettings, clients: readonly Client[], { issuer, methods, hasSmsSender, hasCaptcha }: Host): LoginPreferences {
  const ofHost = methods.reduce(
    (under, { method, settings }) => mergePreferences(under, { methods: { [method]: settings } }),
    defaultPreferences,
  );
  const merged = mergePreferences(ofHost, app.preferences);
  if (methodsOf(merged).length === 0) throw new Error(`createAuth: app "${app.id}" has no method that is on and signs somebody in: give one, such as emailCode()`);
  if (methodsOf(merged).every((method) => method === 'access-code')) throw new Error(`createAuth: app "${app.id}" has accessCode() alone: nobody would get in without support. Turn on another method beside it, such as emailCode()`);
  checkPasswordWays(app.id, merged);
  checkProviders(app.id, merged, methods);
  checkSmsPlaces(app.id, merged, hasSmsSender);
  checkUsernames(app.id, merged);
  checkSignUp(app, merged);
  if (merged.puzzles.kind === 'captcha' && !hasCaptcha) throw new Error(`createAuth: app "${app.id}" asks for captchas, but there is no captcha: give turnstile(), hcaptcha() or recaptcha()`);
  checkStranded(app.id, merged);
  return withPasskeyPlace(app.id, merged, { issuer, origins: clients.flatMap((client) => client.origins) });
}

/** A sign-up that is open, and that nobody can go through. */
function checkSignUp({ id, allowPublicSignup }: AppSettings, preferences: LoginPreferences): void {
  const { allowsSignUpAlone } = preferences.methods.passkey;
  const isPasskeyAlone = methodsOf(preferences).every((method) => method === 'passkey' || method === 'access-code');
  if (!allowPublicSignup || !isPasskeyAlone || allowsSignUpAlone) return;
  throw new Error(`createAuth: app "${id}" has allowPublicSignup, but nothing that a stranger has: turn on passkey({ allowsSignUpAlone: true }), or another method beside it, such as emailCode()`);
}

/** Without a mail or an SMS nobody could set a password, or get in again who forgot theirs. */
function checkPasswordWays(appId: string, preferences: LoginPreferences): void {
  const { methods, recovery } = preferences;
  if (!methods.password.isOn || replaceableBy([{ preferences }]).length > 0) return;
  if (methods['email-code'].isOn || methods['magic-link'].isOn || methods['sms-code'].isOn) {
    throw new Error(`createAuth: app "${appId}" has passwords on, but recovery.by names no message that it sends (${recovery.by.join(', ')}): nobody could replace a forgotten one`);
  }
  throw new Error(`createAuth: app "${appId}" has passwords on, but neither emailCode() nor magicLink() nor smsCode(): a mail or an SMS proves who it is before a password is set, and replaces a forgotten one`);
}

/** A button that leads nowhere is found now, not by a person. */
function checkProviders(appId: string, { methods: { social } }: LoginPreferences, methods: readonly MethodOption[]): void {
  const providers = methods.flatMap(({ upstreams }) => upstreams?.providers ?? []);
  const named = [...social.providers, ...Object.values(social.domains)];
  // Also where they are off: whoever routes a domain and forgot social() would have its people sign in by mail.
  const missing = named.find((id) => !providers.some((provider) => provider.id === id));
  if (missing !== undefined) throw new Error(`createAuth: app "${appId}" names the provider "${missing}", which social() does not set up`);
  if (social.isOn && providers.length === 0) throw new Error(`createAuth: app "${appId}" has providers on, but no social() sets one up`);
  const hidden = Object.values(social.domains).find((id) => social.providers.length > 0 && !social.providers.includes(id));
  if (social.isOn && hidden !== undefined) throw new Error(`createAuth: app "${appId}" sends a domain to "${hidden}", which is not among its providers`);
}

/** Found at the start, not by whoever has lost what they sign in with. */
function checkStranded(appId: string, preferences: LoginPreferences): void {
  const stranded = listStranded(preferences);
  if (stranded.length === 0) return;
  throw new Error([`createAuth: app "${appId}" would strand people by its login preferences:`, ...stranded.map((each) => `- ${describeStranded(each)}`)].join('\n'));
}

/** Passkeys belong to the issuer's host unless somebody says otherwise; a wrong place is found now, not by a person. */
function withPasskeyPlace(
  appId: string,
  preferences: LoginPreferences,
  { issuer, origins }: { readonly issuer: string; readonly origins: readonly string[] },
): LoginPreferences {
  const { passkey } = preferences.methods;
  const rpId = passkey.rpId === '' ? new URL(issuer).hostname : passkey.rpId;
  const derived = passkey.origins.length > 0 ? passkey.origins : derivePasskeyOrigins(issuer, rpId, origins);
  const placed = { ...passkey, rpId, origins: derived };
  const faults = placed.isOn ? [...listPasskeyFaults(placed), ...listApprovalFaults(placed, issuer)] : [];
  if (faults.length > 0) throw new Error([`createAuth: app "${appId}" cannot have these passkeys:`, ...faults.map(({ path, why }) => `- ${path}: ${why}`)].join('\n'));
  return { ...preferences, methods: { ...preferences.methods, passkey: placed } };
}

/** Another device approves at the issuer. */
function listApprovalFaults({ allowsCrossDevice, origins }: PasskeyPreferences, issuer: string): readonly PasskeyFault[] {
  const { origin } = new URL(issuer);
  if (!allowsCrossDevice || origins.includes(origin)) return [];
  return [{ path: 'methods.passkey.allowsCrossDevice', why: `another device approves at the issuer, and "${origin}" is not among methods.passkey.origins` }];
}

function clientOf(client: ClientSettings, app: AppSettings, { vault }: Host): Client {
  for (const redirectUri of client.redirectUris) checkRedirectUriRegistration(redirectUri);
  const secrets = typeof client.secret === 'string' ? [client.secret] : (client.secret ?? []);
  const { isPublic } = client;
  return {
    id: client.id as ClientId,
    appId: app.id as AppId,
    name: client.name ?? app.name,
    isPublic,
    authentication: isPublic ? ['none'] : ['client_secret_basic', 'client_secret_post'],
    secretDigests: secrets.map((secret) => vault.digest('client-secret', secret)),
    redirectUris: client.redirectUris,
    postLogoutRedirectUris: client.postLogoutRedirectUris,
    origins: [...new Set([...client.redirectUris.flatMap(webOrigin), ...client.origins])],
    scopes: client.scopes,
    resources: client.resources.map(({ uri, accessTokenSeconds }) => ({ uri, accessTokenSeconds: accessTokenSeconds ?? client.accessTokenSeconds })),
    requiresPkce: client.dangerouslyAllowNoPkce !== true,
    requiresPar: client.requirePar,
    requiresConsent: client.requireConsent,
    mayUseBackendStyle: client.backendStyle,
    mayDetour: client.dangerouslyAllowDetours === true,
    idTokenAlgorithm: client.idTokenAlgorithm,
    idTokenSeconds: client.idTokenSeconds,
    accessTokenSeconds: client.accessTokenSeconds,
    refreshTokenIdleSeconds: client.refreshTokenIdleSeconds,
    refreshTokenSeconds: client.refreshTokenSeconds,
    defaultClaims: client.defaultClaims,
    isManagedByCode: true,
  };
}

/** A native app's scheme has no pages, hence no origin. */
function webOrigin(redirectUri: string): readonly string[] {
  const { protocol, origin } = new URL(redirectUri);
  return protocol === 'https:' || protocol === 'http:' ? [origin] : [];
}
