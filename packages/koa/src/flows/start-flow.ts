import type { FlowKind } from '@portico/contract';
import type { App, Client } from '../model/app.ts';
import { AuthError } from '../model/auth-error.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import type { Flow, Origin } from '../model/flow.ts';
import type { Digest, FlowId, SessionId } from '../model/ids.ts';
import type { Store } from '../ports/store.ts';
import { methodsOf } from '../preferences/preferences-view.ts';
import { pickLanguage } from '../preferences/pick-language.ts';
import type { FlowDeps } from './flow-deps.ts';
import { askForPasskey } from './ask-for-passkey.ts';
import { isSentMethod } from './other-methods.ts';

/** What a flow begins with. */
export interface FlowStart {
  readonly id: FlowId;
  readonly kind: FlowKind;
  readonly app: App;
  readonly client: Client;
  readonly request?: AccessRequest;
  /** Whether a backend begins it. @default false */
  readonly isBackend?: boolean;
  /** The backend's session that what is proved is added to. */
  readonly addsTo?: SessionId;
  /** Where the backend has codes sent. */
  readonly detour?: Flow['detour'];
  readonly wantsNewUser: boolean;
  /** Whether the request came by a `request_uri`. @default false */
  readonly isPushed?: boolean;
  /** What the request says that the person is called (`login_hint`). */
  readonly typedIdentifier?: string;
  readonly origin: Origin;
  readonly browserDigest?: Digest;
  /** What the browser has of users who have signed in from it. @default nothing */
  readonly deviceDigests?: readonly Digest[];
  /** The host of the page that begins, if it is a page. */
  readonly pageHost?: string;
  /** A session of this browser that would do: the person is offered to go on with it. */
  readonly knownSessionId?: SessionId;
  readonly languages: readonly string[];
  /** Takes what may be taken for one flow only, in the transaction that stores it: a fault of the store loses neither. */
  readonly claim?: (store: Store) => Promise<void>;
}

/** A flow, and the handle that its widget is given once. */
export interface Started {
  readonly flow: Flow;
  readonly handle: string;
}

/** @throws {AuthError} `sign_up_closed`; `method_disabled` for a recovery where the app sends neither mails nor SMS */
export async function startFlow(start: FlowStart, deps: FlowDeps): Promise<Started> {
  checkRecoverable(start);
  const { store, vault, random, clock } = deps;
  const now = clock.now();
  const handle = random.secret();
  const flow: Flow = {
    id: start.id,
    handleDigest: vault.digest('flow-handle', handle),
    kind: start.kind,
    appId: start.app.id,
    clientId: start.client.id,
    step: 'identify',
    version: 0,
    ...(start.typedIdentifier === undefined ? {} : { typedIdentifier: start.typedIdentifier }),
    mayCreateUser: mayCreateUser(start),
    proofs: [],
    isNewUser: false,
    ...(start.knownSessionId === undefined ? {} : { knownSessionId: start.knownSessionId }),
    ...(start.request === undefined ? {} : { request: start.request }),
    ...(start.isPushed === true ? { isPushed: true } : {}),
    ...(start.isBackend === true ? { isBackend: true } : {}),
    ...(start.addsTo === undefined ? {} : { addsTo: start.addsTo }),
    ...(start.detour === undefined ? {} : { detour: start.detour }),
    ...(start.browserDigest === undefined ? {} : { browserDigest: start.browserDigest }),
    ...(start.deviceDigests === undefined ? {} : { deviceDigests: start.deviceDigests }),
    ...(start.pageHost === undefined ? {} : { pageHost: start.pageHost }),
    origin: start.origin,
    language: pickLanguage(start.app.preferences.languages, start.languages),
    challenges: {},
    hasSkippedEnrollment: false,
    createdAt: now,
    expiresAt: new Date(now.getTime() + deps.flowLifetimeSeconds * 1_000),
  };
  await store.transaction(async (inside) => {
    await start.claim?.(inside);
    await inside.flows.insert(flow);
    await inside.audit.insert({ kind: 'flow_started', at: now, appId: flow.appId, clientId: flow.clientId, flowId: flow.id, address: flow.origin.address });
  });
  const asked = await withPasskeyQuestion(flow, start, deps);
  return { flow: asked === flow ? flow : ((await store.flows.save(asked)) ?? asked), handle };
}

/** @throws {AuthError} `method_disabled` */
export function checkRecoverable({ app, kind }: Pick<FlowStart, 'app' | 'kind'>): void {
  if (kind === 'recover' && !methodsOf(app.preferences).some(isSentMethod)) throw new AuthError('method_disabled');
}

/**
 * Whether a flow of this kind creates a user: only where the request wants one and the app agrees. A page that asks to
 * sign up says nothing of its own: the request is its client's, the kind is anybody's.
 *
 * @throws {AuthError} `sign_up_closed` for a sign-up that could not end in a user.
 */
export function mayCreateUser({ app, kind, wantsNewUser }: Pick<FlowStart, 'app' | 'kind' | 'wantsNewUser'>): boolean {
  const mayCreate = app.allowsPublicSignup && wantsNewUser;
  if (kind === 'sign-up' && !mayCreate) throw new AuthError('sign_up_closed');
  return mayCreate;
}

/** The first screen carries a passkey question already: autofill needs it before anything is typed. */
export async function withPasskeyQuestion(flow: Flow, { app, client }: Pick<FlowStart, 'app' | 'client'>, deps: FlowDeps): Promise<Flow> {
  if (flow.kind !== 'sign-in' || !methodsOf(app.preferences).includes('passkey')) return flow;
  return (await askForPasskey({ flow, app, client, deps }))(flow);
}
