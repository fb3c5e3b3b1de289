/**
 * The one composition root: the only file that imports everything, and where nothing is decided.
 */
import type { Auth } from './auth.ts';
import { checkNodeVersion } from './check-node-version.ts';
import type { ContactDeps } from './contacts/contact-deps.ts';
import { tellOfChange } from './contacts/tell-of-change.ts';
import { createOutbox, type Outbox } from './delivery/outbox.ts';
import { demandNewPassword, giveTemporaryPassword } from './flows/demand-password.ts';
import type { FlowDeps } from './flows/flow-deps.ts';
import { startRecovery, withdrawRecovery } from './flows/start-recovery.ts';
import { resumeUser, suspendUser } from './flows/suspend-user.ts';
import { setUsername } from './flows/set-username.ts';
import { unlock } from './flows/unlock.ts';
import { createAnswerClient } from './http/answer-client.ts';
import { loadAssets } from './http/assets.ts';
import { createConsoleLog } from './http/console-log.ts';
import { createCookies } from './http/cookies.ts';
import { createMiddleware } from './http/create-middleware.ts';
import { headTags } from './http/head-tags.ts';
import type { HttpDeps } from './http/http-deps.ts';
import type { InboxListing } from './http/pages/inbox-page.ts';
import { createDescribeOrigin, createReadAddress, createReadOrigin } from './http/read/read-origin.ts';
import { createRegisteredOrigins } from './http/registered-origins.ts';
import { createAccessCodeMethod } from './methods/access-code/access-code.method.ts';
import { issueAccessCode } from './methods/access-code/issue-access-code.ts';
import { createEmailMethod } from './methods/email/email.method.ts';
import { createNewDeviceNotice } from './methods/new-device-notice.ts';
import { createPasskeyNotice } from './methods/passkey/passkey-notice.ts';
import { createPasskeyApproval } from './methods/passkey/approval.ts';
import { createPasskeyMethod } from './methods/passkey/passkey.method.ts';
import { completeHashing, type HashingOptions } from './methods/password/hashing-options.ts';
import { createPasswordHasher } from './methods/password/password-hasher.ts';
import { createPasswordNotice } from './methods/password/password-notice.ts';
import { createPasswordMethod } from './methods/password/password.method.ts';
import type { Upstreams } from './methods/social/provider.ts';
import { createSocialNotice } from './methods/social/social-notice.ts';
import { createSocialMethod } from './methods/social/social.method.ts';
import { createRecoveryCodeMethod } from './methods/recovery-code/recovery-code.method.ts';
import { createRecoveryNotice } from './methods/recovery-notice.ts';
import { createRecoveryStartNotice, type TellRecoveryStarted } from './methods/recovery-start-notice.ts';
import { createDetourNotice } from './methods/detour-notice.ts';
import { createSecondFactorNotice } from './methods/second-factor-notice.ts';
import { createUsernameNotice } from './methods/username-notice.ts';
import { createTotpMethod } from './methods/totp/totp.method.ts';
import { createSmsNotice } from './methods/sms-code/sms-notice.ts';
import { createReadTokens, type ReadTokens } from './methods/social/kept-tokens.ts';
import { createSmsCodeMethod } from './methods/sms-code/sms-code.method.ts';
import type { UserId } from './model/ids.ts';
import { checkOptions, isLoopback, type AuthOptions, type AuthSettings } from './options.ts';
import type { OpenStore } from './ports/store.ts';
import { registerApps } from './register-apps.ts';
import { startSweeping, type Sweeper } from './sweep.ts';
import { createSigningKeys, type SigningKeys } from './tokens/signing-keys.ts';
import { countryOfPhone } from './users/canonical-phone.ts';
import { listAuditEvents } from './users/list-audit-events.ts';
import { createVault } from './vault/create-vault.ts';
import { systemClock } from './vault/system-clock.ts';
import { systemRandom } from './vault/system-random.ts';

const flowLifetimeSeconds = 1_800;

/**
 * Opens the store, brings it up to date, writes the apps that code manages, and makes signing keys at the first start.
 *
 * @throws {Error} naming the option at fault, or the reason why the store cannot be used.
 */
export async function createAuth(options: AuthOptions): Promise<Auth> {
  checkNodeVersion(process.versions.node);
  const settings = checkOptions(options);
  const inbox = findInbox(options, settings.issuer);
  const vault = createVault(settings.secret);
  const store = await options.store.open();
  try {
    await registerApps(settings.apps, { issuer: settings.issuer, methods: options.methods, vault, hasSmsSender: options.smsSender !== undefined, hasCaptcha: options.captcha !== undefined }, store);
    const clock = options.clock ?? systemClock;
    const signingKeys = createSigningKeys({ store, vault, clock });
    await signingKeys.ensure();
    return await start(options, { settings, store, vault, clock, signingKeys, inbox });
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

/** What is open once the options are known to be good. */
interface Opened {
  readonly settings: AuthSettings;
  readonly store: OpenStore;
  readonly vault: ReturnType<typeof createVault>;
  readonly clock: NonNullable<AuthOptions['clock']>;
  readonly signingKeys: SigningKeys;
  readonly inbox: InboxListing | undefined;
}

async function start(options: AuthOptions, opened: Opened): Promise<Auth> {
  const { settings, store, vault, clock, signingKeys, inbox } = opened;
  const { issuer } = settings;
  const random = options.random ?? systemRandom;
  const log = options.log ?? createConsoleLog(clock);
  const outbox = createOutbox({ store, vault, mailer: options.mailer, smsSender: options.smsSender, clock, random, log });
  const isSecure = new URL(issuer).protocol === 'https:';
  if (!isSecure) log.warn('plain_http', { advice: 'cookies have no __Host- prefix and no Secure: for development only', issuer });
  const { grouped } = store;
  const tellBySms = createSmsNotice({ store: grouped, vault, clock, outbox, countryOf: countryOfPhone });
  const tell = { outbox, clock, tellBySms, issuer };
  const sms = createSmsCodeMethod({ store: grouped, vault, random, clock, outbox, issuer });
  const contacts: ContactDeps = { store: grouped, vault, random, clock, outbox, issuer, spendSms: sms.spendSend, tellBySms };
  const flows: FlowDeps = {
    store: grouped, vault, random, clock,
    accessCode: createAccessCodeMethod({ store: grouped, vault, random, clock }),
    email: createEmailMethod({ store: grouped, vault, random, clock, outbox, issuer }),
    passkey: createPasskeyMethod({ store: grouped, vault, random, clock }),
    approval: createPasskeyApproval({ store: grouped, vault, random, clock, issuer }),
    password: createPasswordMethod({ store: grouped, vault, random, clock, log, hasher: createPasswordHasher(completeHashing(hashingOf(options))), breachRange: options.methods.find(({ breachRange }) => breachRange !== undefined)?.breachRange }),
    social: createSocialMethod({ store: grouped, vault, random, clock, log, issuer, upstreams: upstreamsOf(options) }),
    totp: createTotpMethod({ store: grouped, vault, random, clock }),
    recoveryCode: createRecoveryCodeMethod({ store: grouped, vault, random, clock }),
    sms,
    tellPasskeyAdded: createPasskeyNotice({ store: grouped, ...tell }),
    tellPasswordSet: createPasswordNotice(tell),
    tellIdentityLinked: createSocialNotice(tell),
    tellSecondFactor: createSecondFactorNotice(tell),
    tellDetour: createDetourNotice(tell),
    tellRecovery: createRecoveryNotice({ store: grouped, vault, ...tell }),
    tellNewDevice: createNewDeviceNotice({ vault, random, ...tell }),
    tellContactAdded: ({ app, client, flow: { origin, language }, user, kind }, inside) => tellOfChange({ asker: { app, client, origin, language }, user, kind }, { ...contacts, store: inside }),
    tellUsernameChanged: createUsernameNotice(tell),
    answerClient: createAnswerClient({ store: grouped, vault, random, clock, issuer }),
    sessionLife: settings.sessions,
    answersPerHour: settings.limits.answersPerHour,
    wrongIdentifiers: settings.limits.wrongIdentifiers,
    captcha: options.captcha,
    flowLifetimeSeconds,
  };
  const assets = await loadAssets();
  if (!assets.hasWidget) log.warn('widget_missing', { advice: 'the browser files of @portico/login are not built' });
  const cookies = createCookies(isSecure);
  const readAddress = createReadAddress(settings.trustedProxies);
  const describeOrigin = createDescribeOrigin(options.locate);
  const readOrigin = createReadOrigin(readAddress, options.locate);
  const isRegisteredOrigin = createRegisteredOrigins({ store: grouped, clock, issuer });
  const deps: HttpDeps = {
    ...flows, store: grouped, issuer, signingKeys, cookies, assets, readAddress, readOrigin, describeOrigin, isRegisteredOrigin, log, inbox, contacts,
    waysIn: { ...flows, ...tell, store: grouped },
    clientIds: settings.apps.flatMap(({ clients }) => clients.map(({ id }) => id)),
    changePasswordUrl: settings.changePasswordUrl, streams: new Map(), callerLimits: settings.limits,
  };
  outbox.start();
  return assemble(deps, {
    store, outbox, tellRecoveryStarted: createRecoveryStartNotice({ outbox, issuer }), sweeper: startSweeping({ store, clock, log, auditDays: settings.auditDays }),
    issueAccessCode: (issue) => issueAccessCode(issue, { store, vault, random, ...tell }),
    readTokens: createReadTokens({ store, vault, clock, connect: flows.social.connectTo }),
  });
}

function hashingOf({ methods }: AuthOptions): HashingOptions {
  return methods.find(({ hashing }) => hashing !== undefined)?.hashing ?? {};
}

function upstreamsOf({ methods }: AuthOptions): Upstreams {
  return methods.find(({ upstreams }) => upstreams !== undefined)?.upstreams ?? { providers: [] };
}

/** What runs beside the middleware. */
interface Parts extends Pick<Auth, 'issueAccessCode'> {
  readonly store: OpenStore;
  readonly outbox: Outbox;
  readonly sweeper: Sweeper;
  readonly tellRecoveryStarted: TellRecoveryStarted;
  readonly readTokens: ReadTokens;
}

function assemble(deps: HttpDeps, parts: Parts): Auth {
  const { issuer, signingKeys } = deps;
  const middleware = createMiddleware(deps);
  const support = { store: parts.store, clock: deps.clock, tellRecoveryStarted: parts.tellRecoveryStarted };
  return {
    issuer,
    middleware: () => middleware,
    headTags: (clientId) => {
      // It may be one that only the store knows, of code that ran before: said aloud, and not refused.
      if (!deps.clientIds.includes(clientId)) deps.log.warn('client_unknown', { client_id: clientId, advice: `headTags() is given one of: ${deps.clientIds.join(', ')}` });
      return headTags({ issuer, clientId, widgetScript: deps.assets.widgetScript }).markup;
    },
    jwks: async () => ({ keys: [...(await signingKeys.publicJwks()).keys] }),
    issueAccessCode: parts.issueAccessCode,
    rotateKeys: () => signingKeys.rotate(),
    startRecovery: async (start) => {
      const started = await startRecovery(start, support);
      parts.outbox.nudge();
      return started;
    },
    withdrawRecovery: (withdrawal) => withdrawRecovery(withdrawal, support),
    suspendUser: (suspension) => suspendUser(suspension, support),
    resumeUser: (suspension) => resumeUser(suspension, support),
    providerTokens: (userId, provider) => parts.readTokens(userId as UserId, provider),
    demandNewPassword: (demand) => demandNewPassword(demand, { ...deps, store: parts.store }),
    giveTemporaryPassword: (order) => giveTemporaryPassword(order, { ...deps, store: parts.store }),
    unlock: (unlocking) => unlock(unlocking, { ...deps, store: parts.store }),
    setUsername: (order) => setUsername(order, support),
    listAuditEvents: (limit = 100, query = {}) => listAuditEvents(limit, query, parts.store),
    deliverMails: () => parts.outbox.deliverDue(),
    close: async () => {
      await parts.sweeper.stop();
      await parts.outbox.stop();
      await parts.store.close();
    },
  };
}

/**
 * A development inbox shows everybody's mails and SMS to anybody: production refuses to start with one, and its page is
 * there only where no other machine can reach it, for a host may forget to say that it is in production.
 */
function findInbox({ mailer, smsSender }: AuthOptions, issuer: string): InboxListing | undefined {
  const inbox = [mailer, smsSender].find((sender): sender is typeof mailer & InboxListing => sender !== undefined && 'listAll' in sender && typeof sender.listAll === 'function');
  if (inbox === undefined) return undefined;
  if (process.env['NODE_ENV'] === 'production') throw new Error('createAuth: devInbox() shows every mail and SMS to every visitor; in production give smtp() or a mailer of your own, and an SMS sender');
  return isLoopback(new URL(issuer)) ? inbox : undefined;
}
