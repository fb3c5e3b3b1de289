/**
 * The one composition root: the only file that imports everything, and where nothing is decided.
 */
import type { JSONWebKeySet } from 'jose';
import type { Middleware } from 'koa';
import { createOutbox, type Outbox } from './delivery/outbox.ts';
import { demandNewPassword, giveTemporaryPassword, type PasswordDemand, type TemporaryPassword, type TemporaryPasswordOrder } from './flows/demand-password.ts';
import type { FlowDeps } from './flows/flow-deps.ts';
import { startRecovery, withdrawRecovery, type RecoveryOwner, type RecoveryStart, type StartedRecovery } from './flows/start-recovery.ts';
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
import { issueAccessCode, type IssueAccessCodeOptions, type IssuedAccessCode } from './methods/access-code/issue-access-code.ts';
import { createEmailMethod } from './methods/email/email.method.ts';
import { createNewDeviceNotice } from './methods/new-device-notice.ts';
import { createPasskeyNotice } from './methods/passkey/passkey-notice.ts';
import { createPasskeyApproval } from './methods/passkey/approval.ts';
import { createPasskeyMethod } from './methods/passkey/passkey.method.ts';
import { completeHashing, type HashingOptions } from './methods/password/hashing-options.ts';
import { createPasswordHasher } from './methods/password/password-hasher.ts';
import { createPasswordNotice } from './methods/password/password-notice.ts';
import { createPasswordMethod } from './methods/password/password.method.ts';
import type { ProviderTokenSet } from './methods/social/kept-tokens.ts';
import type { Upstreams } from './methods/social/provider.ts';
import { createSocialNotice } from './methods/social/social-notice.ts';
import { createSocialMethod } from './methods/social/social.method.ts';
import { createRecoveryCodeMethod } from './methods/recovery-code/recovery-code.method.ts';
import { createRecoveryNotice } from './methods/recovery-notice.ts';
import { createRecoveryStartNotice, type TellRecoveryStarted } from './methods/recovery-start-notice.ts';
import { createSecondFactorNotice } from './methods/second-factor-notice.ts';
import { createTotpMethod } from './methods/totp/totp.method.ts';
import { createSmsNotice } from './methods/sms-code/sms-notice.ts';
import { createSmsCodeMethod } from './methods/sms-code/sms-code.method.ts';
import type { UserId } from './model/ids.ts';
import { checkOptions, isLoopback, type AuthOptions, type AuthSettings } from './options.ts';
import type { OpenStore } from './ports/store.ts';
import { registerApps } from './register-apps.ts';
import { startSweeping, type Sweeper } from './sweep.ts';
import { createSigningKeys, type SigningKeys } from './tokens/signing-keys.ts';
import { countryOfPhone } from './users/canonical-phone.ts';
import { createVault } from './vault/create-vault.ts';
import { systemClock } from './vault/system-clock.ts';
import { systemRandom } from './vault/system-random.ts';

/** A running service. */
export interface Auth {
  /** As configured, for `signIn` and `guard`. */
  readonly issuer: string;
  /** Everything below the issuer's path, and its files at the host's root. */
  middleware(): Middleware;
  /** HTML for the head of a page with `<auth-login>`: the widget's script, and the client's login preferences beside it. */
  headTags(clientId: string): string;
  /** The public keys, for a `guard` in the same process: it then needs no HTTP. */
  jwks(): Promise<JSONWebKeySet>;
  /** Announces new signing keys; they sign once everybody can have fetched them, the old ones verify until their last token ends. */
  rotateKeys(): Promise<void>;
  /**
   * Makes a code for one sign-in of somebody who cannot get in otherwise, and tells them by mail, or SMS, that there is one.
   * Whoever calls this has satisfied themselves who that is, and tells them the code. A new one ends the one before.
   *
   * @throws {Error} with a `code`: `method_disabled`, `not_found`, `field_invalid`.
   */
  issueAccessCode(options: IssueAccessCodeOptions): Promise<IssuedAccessCode>;
  /**
   * Support begins a recovery for somebody who cannot get back in: they are written to, and prove themselves at `/recover`.
   * Ask who they are before, as well as you did when they came. It is audited with who began it.
   *
   * @returns `undefined` if there is no such user who may sign in, or nothing that was proved to write to.
   * @throws {Error} if there is no such client.
   */
  startRecovery(start: RecoveryStart): Promise<StartedRecovery | undefined>;
  /** Takes back that second factors may be replaced: the owner objects. @returns whether there was anything to take back */
  withdrawRecovery(withdrawal: { readonly owner: RecoveryOwner; readonly withdrawnBy: string }): Promise<boolean>;
  /**
   * A provider's tokens of a user, for calls of your server to that provider: where it was set up with `keepTokens`, the
   * account there is linked, and the provider still takes them. Refreshed where they end within the minute.
   *
   * @param userId the `sub` of our tokens
   * @param provider the provider's id
   * @throws {Error} if they must be refreshed and the provider cannot be reached
   */
  providerTokens(userId: string, provider: string): Promise<ProviderTokenSet | undefined>;
  /**
   * Has a user replace their password the next time that they sign in by it. Sessions stay. It is audited with who said so.
   *
   * @returns `false` if there is no such user, or they have no password.
   */
  demandNewPassword(demand: PasswordDemand): Promise<boolean>;
  /**
   * A password for somebody whom support knows: told once, worth nothing after its time, and replaced when it is first used.
   * It takes the place of theirs and signs them out everywhere. It is audited with who issued it.
   *
   * @returns `undefined` if there is no such user who may sign in.
   * @throws {Error} if the lifetime or the name is out of its bounds.
   */
  giveTemporaryPassword(order: TemporaryPasswordOrder): Promise<TemporaryPassword | undefined>;
  /** Delivers the mails and SMS that are due, now. It happens by itself too. @returns how many were sent */
  deliverMails(): Promise<number>;
  /** Stops the work in the background and closes the store. */
  close(): Promise<void>;
}

const flowLifetimeSeconds = 1_800;

/**
 * Opens the store, brings it up to date, writes the apps that code manages, and makes signing keys at the first start.
 *
 * @throws {Error} naming the option at fault, or the reason why the store cannot be used.
 */
export async function createAuth(options: AuthOptions): Promise<Auth> {
  const settings = checkOptions(options);
  const inbox = findInbox(options, settings.issuer);
  const vault = createVault(options.secret ?? '');
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
  const sms = createSmsCodeMethod({ store: grouped, vault, random, clock, outbox, issuer });
  const flows: FlowDeps = {
    store: grouped, vault, random, clock,
    accessCode: createAccessCodeMethod({ store: grouped, vault, random, clock }),
    email: createEmailMethod({ store: grouped, vault, random, clock, outbox, issuer }),
    passkey: createPasskeyMethod({ store: grouped, vault, random, clock }),
    approval: createPasskeyApproval({ store: grouped, vault, random, clock, issuer }),
    password: createPasswordMethod({ store: grouped, vault, random, clock, log, hasher: createPasswordHasher(completeHashing(hashingOf(options))), breachRange: options.methods.findLast(({ breachRange }) => breachRange !== undefined)?.breachRange }),
    social: createSocialMethod({ store: grouped, vault, random, clock, issuer, upstreams: upstreamsOf(options) }),
    totp: createTotpMethod({ store: grouped, vault, random, clock }),
    recoveryCode: createRecoveryCodeMethod({ store: grouped, vault, random, clock }),
    sms,
    tellPasskeyAdded: createPasskeyNotice({ store: grouped, outbox, clock, tellBySms }),
    tellPasswordSet: createPasswordNotice({ outbox, clock, tellBySms }),
    tellIdentityLinked: createSocialNotice({ outbox, clock, tellBySms }),
    tellSecondFactor: createSecondFactorNotice({ outbox, clock, tellBySms }),
    tellRecovery: createRecoveryNotice({ store: grouped, vault, outbox, clock, tellBySms }),
    tellNewDevice: createNewDeviceNotice({ outbox, clock, vault, random, issuer, tellBySms }),
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
    ...flows, store: grouped, issuer, signingKeys, cookies, assets, readAddress, readOrigin, describeOrigin, isRegisteredOrigin, log, inbox,
    contacts: { store: grouped, vault, random, clock, outbox, issuer, spendSms: sms.spendSend, tellBySms },
    waysIn: { ...flows, store: grouped, outbox, tellBySms },
    changePasswordUrl: settings.changePasswordUrl, streams: new Map(), callerLimits: settings.limits,
  };
  outbox.start();
  return assemble(deps, {
    store, outbox, tellRecoveryStarted: createRecoveryStartNotice({ outbox, issuer }), sweeper: startSweeping({ store, clock, log, auditDays: settings.auditDays }),
    issueAccessCode: (issue) => issueAccessCode(issue, { store, vault, random, clock, outbox, tellBySms }),
  });
}

/** What was said last holds, as with every other setting. */
function hashingOf({ methods }: AuthOptions): HashingOptions {
  return methods.reduce<HashingOptions>((under, { hashing }) => ({ ...under, ...hashing }), {});
}

/** The same: who names providers twice means the second. */
function upstreamsOf({ methods }: AuthOptions): Upstreams {
  return methods.reduce<Upstreams>((under, { upstreams }) => upstreams ?? under, { providers: [] });
}

/** What runs beside the middleware. */
interface Parts extends Pick<Auth, 'issueAccessCode'> {
  readonly store: OpenStore;
  readonly outbox: Outbox;
  readonly sweeper: Sweeper;
  readonly tellRecoveryStarted: TellRecoveryStarted;
}

function assemble(deps: HttpDeps, parts: Parts): Auth {
  const { issuer, signingKeys } = deps;
  const middleware = createMiddleware(deps);
  const support = { store: parts.store, clock: deps.clock, tellRecoveryStarted: parts.tellRecoveryStarted };
  return {
    issuer,
    middleware: () => middleware,
    headTags: (clientId) => headTags({ issuer, clientId, widgetScript: deps.assets.widgetScript }).markup,
    jwks: async () => ({ keys: [...(await signingKeys.publicJwks()).keys] }),
    issueAccessCode: parts.issueAccessCode,
    rotateKeys: () => signingKeys.rotate(),
    startRecovery: async (start) => {
      const started = await startRecovery(start, support);
      parts.outbox.nudge();
      return started;
    },
    withdrawRecovery: (withdrawal) => withdrawRecovery(withdrawal, support),
    providerTokens: (userId, provider) => deps.social.readTokens(userId as UserId, provider),
    demandNewPassword: (demand) => demandNewPassword(demand, { ...deps, store: parts.store }),
    giveTemporaryPassword: (order) => giveTemporaryPassword(order, { ...deps, store: parts.store }),
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
