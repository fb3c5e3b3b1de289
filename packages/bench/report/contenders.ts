/** Who was measured, in plain words. */
import type { ContenderName } from '../scenario.ts';

export interface Description {
  readonly title: string;
  /** How it is set up. */
  readonly setUp: string;
  /** `peer` is somebody else's answer to the same question; `floor` is no answer at all, but what the machine can do. */
  readonly kind: 'ours' | 'peer' | 'floor';
}

export const descriptions: Readonly<Record<ContenderName, Description>> = {
  'portico': { title: 'Portico, SQLite', kind: 'ours', setUp: 'as the README mounts it, on better-sqlite3 with `journal_mode=WAL` and `synchronous=FULL`; limits for one caller raised' },
  'portico-postgres': { title: 'Portico, PostgreSQL', kind: 'ours', setUp: 'the same on a PostgreSQL of the same machine, with `fsync` on; the processor time of the database server is not counted' },
  'oidc-provider': { title: 'oidc-provider, SQLite', kind: 'peer', setUp: 'as its documentation sets it up for production, with an adapter of ours on better-sqlite3, `WAL` and `FULL` as well; JWT access tokens where it can' },
  'oidc-provider-memory': { title: 'oidc-provider, memory', kind: 'peer', setUp: 'the same with its own memory adapter, meant for development, on a map that forgets nothing: nothing is on the disk, so it is no like for like' },
  'better-auth': { title: 'better-auth, SQLite', kind: 'peer', setUp: 'as its documentation sets it up for production, with its OAuth provider, on better-sqlite3, `WAL` and `FULL` as well' },
  'guard': { title: 'Portico’s `guard()`', kind: 'ours', setUp: 'a Koa route that checks the access token' },
  'bare-route': { title: 'bare route', kind: 'floor', setUp: 'the same Koa route without any check' },
  'bare-route-with-token': { title: 'bare route, sent a token', kind: 'floor', setUp: 'the bare route, asked with the same `Authorization` header that the guarded one is asked with, and not looking at it' },
  'by-hand': { title: 'by hand, jose', kind: 'peer', setUp: 'the same Koa route with `jwtVerify()` of jose on a key set at hand, a signature checked for each request' },
  'floor-node-http': { title: 'floor, `node:http`', kind: 'floor', setUp: '`node:http` that answers a constant' },
  'floor-exchange': { title: 'floor, code exchange', kind: 'floor', setUp: 'a Koa request, the statements of Portico’s exchange on its tables, two ES256 signatures, an answer that waits for the disk, one commit for all exchanges that come together, and no rule checked' },
};

const screens: Readonly<Record<string, string>> = {
  'portico': 'Portico', 'portico, no backend': 'Portico, no backend',
  'hanko': 'Hanko', 'descope': 'Descope', 'auth0-lock': 'Auth0 Lock', 'firebaseui': 'FirebaseUI',
};

/** A login with a first screen, as its maker writes it. */
export function nameOfScreen(name: string): string {
  return screens[name] ?? name;
}
