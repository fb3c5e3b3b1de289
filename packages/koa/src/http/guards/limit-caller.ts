import type { ActionName } from '@portico/contract';
import type { Context, Middleware } from 'koa';
import { limitKey, type LimitSubject } from '../../limiter/limit-key.ts';
import type { Client } from '../../model/app.ts';
import { AuthError } from '../../model/auth-error.ts';
import { callerOf } from '../../model/caller.ts';
import { secondsUntil } from '../../model/seconds-until.ts';
import { isBackendCall } from '../backend-caller.ts';
import type { Guard, HttpDeps } from '../http-deps.ts';

/** What one caller may do. Far more than people need, far less than a machine could. */
export interface CallerLimits {
  readonly flowsPerMinute: number;
  readonly mailsPerHour: number;
  /** Answers that turned out wrong, or that nobody has judged yet. */
  readonly answersPerHour: number;
  /** Identifiers that got a wrong answer within three hours, those taken off that got a right one: then one answer in ten seconds. */
  readonly wrongIdentifiers: number;
  /** Clients that showed a wrong secret. Ten times as many codes and refresh tokens may be refused. */
  readonly refusalsPerMinute: number;
  /** Requests that one client with a secret pushes. One without has its callers' `flowsPerMinute`. */
  readonly pushesPerMinute: number;
}

interface Limit {
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

const flowLimit = ({ callerLimits }: HttpDeps, name = 'flows'): Limit => ({ name, limit: callerLimits.flowsPerMinute, windowSeconds: 60 });
const mailLimit = ({ callerLimits }: HttpDeps): Limit => ({ name: 'mails', limit: callerLimits.mailsPerHour, windowSeconds: 3_600 });

/** Actions after which a mail may go out. */
const mailingActions: readonly string[] = ['submit-identifier', 'choose-method', 'resend'] satisfies readonly ActionName[];

/** A flow is a row in the store, for a stranger too. */
export const limitFlows: Guard = (deps) => limit(deps, (ctx) => (isBackendCall(ctx) ? undefined : flowLimit(deps)));

/** A request that nobody is signed in for is kept until the sign-in page takes it. */
export const limitAuthorize: Guard = (deps) => limit(deps, () => flowLimit(deps, 'authorize'));

/** The budget of an address does not stop a caller who writes to thousands of them. */
export const limitMails: Guard = (deps) =>
  limit(deps, (ctx) => (ctx.method === 'POST' && !isBackendCall(ctx) && mayMail(ctx['params']?.action) ? mailLimit(deps) : undefined));

function mayMail(action: unknown): boolean {
  return mailingActions.includes(String(action));
}

/** The same budget: a mail or an SMS for a contact is one like any other. */
export const limitContacts: Guard = (deps) =>
  limit(deps, () => mailLimit(deps));

/** The two digits of a link's page are an answer like another. Right ones count too: it is the same hour that `pass-limiter.ts` counts. */
export const limitAnswers: Guard = (deps) =>
  limit(deps, () => ({ name: 'answers', limit: deps.callerLimits.answersPerHour, windowSeconds: 3_600 }));

function limit(deps: HttpDeps, limitOf: (ctx: Context) => Limit | undefined): Middleware {
  return async (ctx, next) => {
    const found = limitOf(ctx);
    if (found !== undefined) await spend(['address', callerOf(deps.readAddress(ctx))], found, deps);
    return next();
  };
}

/** A pushed request is a row in the store. A client with a secret answers for its own; one without is anybody. */
export function limitPushes(ctx: Context, client: Client, deps: HttpDeps): Promise<void> {
  const { flowsPerMinute, pushesPerMinute } = deps.callerLimits;
  const pushes = (limit: number): Limit => ({ name: 'pushes', limit, windowSeconds: 60 });
  return client.isPublic
    ? spend(['address', callerOf(deps.readAddress(ctx))], pushes(flowsPerMinute), deps)
    : spend(['client', client.id], pushes(pushesPerMinute), deps);
}

/** Whom a backend speaks for, and which client's it is. */
export interface BackendCaller {
  readonly client: Client;
  readonly address: string;
}

/** A backend speaks for many people: together they may do as much as so many callers. */
const peopleOfBackend = 100;

/** For the flows of a backend: the person counts as they do in a browser, and the client besides. */
export function limitBackendFlows(caller: BackendCaller, deps: HttpDeps): Promise<void> {
  return spendBoth(caller, flowLimit(deps), deps);
}

export async function limitBackendMails(action: string, caller: BackendCaller, deps: HttpDeps): Promise<void> {
  if (mayMail(action)) await spendBoth(caller, mailLimit(deps), deps);
}

async function spendBoth({ client, address }: BackendCaller, one: Limit, deps: HttpDeps): Promise<void> {
  await spend(['address', callerOf(address)], one, deps);
  await spend(['client', client.id], { ...one, limit: one.limit * peopleOfBackend }, deps);
}

async function spend([kind, who]: readonly [kind: LimitSubject, who: string], { name, limit: most, windowSeconds }: Limit, { store, vault, clock }: HttpDeps): Promise<void> {
  const now = clock.now();
  const key = limitKey(vault, [kind, name], who);
  const spent = await store.limits.spend(key, { limit: most, windowSeconds, cooldownSeconds: 0 }, now);
  if (spent.isAllowed) return;
  throw new AuthError('rate_limited', { retryAfterSeconds: secondsUntil(spent.retryAt, now) });
}
