/** When, where and with what something was measured: one call of a measurer. */
import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly gigabytes: number;
  readonly node: string;
  readonly system: string;
}

export interface Sitting {
  /** ISO 8601, of its start; no two have the same. */
  readonly date: string;
  readonly machine: Machine;
  /** Package to version. */
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  /** Of each run. */
  readonly seconds: number;
}

export async function beginSitting(effort: Pick<Sitting, 'rounds' | 'seconds'>): Promise<Sitting> {
  const machine = { processor: cpus()[0]?.model ?? '', cores: cpus().length, gigabytes: Math.round(totalmem() / 2 ** 30), node: process.version, system: process.platform };
  return { date: new Date().toISOString(), machine, versions: await readVersions(), ...effort };
}

interface Manifest {
  readonly version?: string;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const ours = ['koa', 'guard', 'client'];
const theirs = ['oidc-provider', 'better-auth', '@better-auth/oauth-provider', '@better-auth/passkey', 'better-sqlite3', 'pg', 'koa', '@koa/router', 'jose'];

async function readVersions(): Promise<Sitting['versions']> {
  const own = await Promise.all(ours.map(async (name) => [`@portico/${name}`, (await readManifest(name)).version ?? 'unpublished'] as const));
  const { devDependencies = {} } = await readManifest('bench');
  return Object.fromEntries([...own, ...theirs.map((name) => [name, devDependencies[name] ?? 'unknown'] as const)]);
}

async function readManifest(name: string): Promise<Manifest> {
  return JSON.parse(await readFile(new URL(`../../${name}/package.json`, import.meta.url), 'utf8')) as Manifest;
}
