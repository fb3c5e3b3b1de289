import type { Middleware } from 'koa';
import type { AuthorizeDeps } from '../authorize/authorize-deps.ts';
import type { ContactDeps } from '../contacts/contact-deps.ts';
import type { FlowDeps } from '../flows/flow-deps.ts';
import type { Log } from '../ports/log.ts';
import type { TokenDeps } from '../tokens/token-deps.ts';
import type { WaysInDeps } from '../ways/ways-in-deps.ts';
import type { Assets } from './assets.ts';
import type { Cookies } from './cookies.ts';
import type { FlowStreams } from './flow-events.ts';
import type { CallerLimits } from './guards/limit-caller.ts';
import type { DescribeOrigin, ReadAddress, ReadOrigin } from './read/read-origin.ts';
import type { InboxListing } from './pages/inbox-page.ts';
import type { GroupedStore } from '../ports/store.ts';
import type { IsRegisteredOrigin } from './registered-origins.ts';

/** What handlers are given at start-up. */
export interface HttpDeps extends FlowDeps, TokenDeps, AuthorizeDeps {
  readonly store: GroupedStore;
  /** Where we are: from configuration, never from a request's header. */
  readonly issuer: string;
  /** Clients that the host named, in its order. */
  readonly clientIds: readonly string[];
  /** The host's own page for it. */
  readonly changePasswordUrl?: string | undefined;
  readonly contacts: ContactDeps;
  readonly waysIn: WaysInDeps;
  readonly cookies: Cookies;
  readonly assets: Assets;
  readonly readOrigin: ReadOrigin;
  readonly describeOrigin: DescribeOrigin;
  readonly isRegisteredOrigin: IsRegisteredOrigin;
  readonly streams: FlowStreams;
  readonly readAddress: ReadAddress;
  readonly callerLimits: CallerLimits;
  readonly log: Log;
  /** Only in development. */
  readonly inbox: InboxListing | undefined;
}

/** What a route ends in. */
export type Handler = (ctx: Parameters<Middleware>[0], deps: HttpDeps) => Promise<void> | void;

/** What stands before a handler: it lets the request on, or throws. */
export type Guard = (deps: HttpDeps) => Middleware;
