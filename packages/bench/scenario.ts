import type { HttpClient } from './load/http-client.ts';
import type { Step } from './load/drive.ts';
import type { RunningServer } from './run/start-server.ts';

/** Who is measured. The floors are no login at all: they say what the machine can do. */
export type ContenderName =
  | 'portico' | 'portico-postgres' | 'oidc-provider' | 'oidc-provider-memory' | 'better-auth'
  | 'guard' | 'bare-route' | 'bare-route-with-token' | 'by-hand' | 'floor-node-http' | 'floor-exchange';

/** What a run has at hand. */
export interface Scene {
  readonly server: RunningServer;
  readonly http: HttpClient;
  readonly workers: number;
  /** So many of what an operation uses up are to be made beforehand. */
  readonly supply: number;
}

/** Makes ready, unmeasured, and gives the step that is measured. Every step checks its answers. */
export type Prepare = (scene: Scene) => Promise<Step>;

export interface Scenario {
  readonly name: string;
  /** For the table. */
  readonly title: string;
  /** Contenders in the order of the table; the first is Portico. */
  readonly contenders: Readonly<Partial<Record<ContenderName, Prepare>>>;
  /** Whether an operation uses up what was made for it, such as a code. @default false */
  readonly usesUp?: boolean;
}

