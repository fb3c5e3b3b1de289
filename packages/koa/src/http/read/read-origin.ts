import bowser from 'bowser';
import type { Context } from 'koa';
import proxyAddr from 'proxy-addr';
import { plainAddress } from '../../model/caller.ts';
import type { Origin } from '../../model/flow.ts';

/** Says where an address is, in words for a person, or nothing. It may ask the network; it is given a second. */
export type Locate = (address: string) => Promise<string | undefined>;

/** The caller's network address. */
export type ReadAddress = (ctx: Context) => string;

export type ReadOrigin = (ctx: Context) => Promise<Origin>;

/** What is known of where somebody is. */
export interface Whereabouts {
  readonly address: string;
  readonly userAgent: string;
}

/** Says it in words for a person. */
export type DescribeOrigin = (whereabouts: Whereabouts) => Promise<Origin>;

const locateWithinMs = 1_000;
const longestPlace = 80;

/**
 * A forwarded address counts only as far as the proxies that said so are trusted; with no list, nobody is, and the
 * address is the connection's.
 *
 * @throws {Error} if one of them is neither an address nor a range.
 */
export function createReadAddress(trustedProxies: readonly string[]): ReadAddress {
  const trust = compileTrust(trustedProxies);
  return (ctx) => plainAddress(proxyAddr(ctx.req, trust));
}

function compileTrust(trustedProxies: readonly string[]): (address: string, hops: number) => boolean {
  try {
    return proxyAddr.compile([...trustedProxies]);
  } catch (fault) {
    throw new Error(`createAuth: trustedProxies: ${fault instanceof Error ? fault.message : String(fault)}`, { cause: fault });
  }
}

/** Where a request came from, as far as a person may be told. */
export function createReadOrigin(readAddress: ReadAddress, locate: Locate | undefined): ReadOrigin {
  const describe = createDescribeOrigin(locate);
  return (ctx) => describe({ address: readAddress(ctx), userAgent: ctx.get('User-Agent') });
}

/** The same of whoever a backend speaks for. */
export function createDescribeOrigin(locate: Locate | undefined): DescribeOrigin {
  return async ({ address: given, userAgent }) => {
    const address = plainAddress(given);
    const place = locate === undefined ? undefined : await placeOf(address, locate);
    return { browser: browserOf(userAgent), address, ...(place === undefined ? {} : { place }) };
  };
}

/** The names that a mail or a page may show. Anything else in a `User-Agent` is a stranger's text in our own words' place. */
const knownNames: ReadonlySet<string> = new Set([...Object.values(bowser.BROWSER_MAP), ...Object.values(bowser.OS_MAP)]);

function browserOf(userAgent: string): string {
  if (userAgent === '' || userAgent.length > 1_000) return 'unknown';
  const parser = bowser.getParser(userAgent);
  const names = [parser.getBrowserName(), parser.getOSName()].filter((name) => knownNames.has(name));
  return names.length === 0 ? 'unknown' : names.join(' · ');
}

/** A service that cannot tell, or not in time, must not keep anybody from signing in. */
async function placeOf(address: string, locate: Locate): Promise<string | undefined> {
  const tooLate = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), locateWithinMs).unref());
  return Promise.race([askFor(address, locate), tooLate]);
}

async function askFor(address: string, locate: Locate): Promise<string | undefined> {
  try {
    return cleanPlace(await locate(address));
  } catch {
    return undefined;
  }
}

/** It stands in one line of a mail, beside our own words. */
function cleanPlace(place: unknown): string | undefined {
  if (typeof place !== 'string') return undefined;
  const clean = [...place.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()].slice(0, longestPlace).join('').trim();
  return clean === '' ? undefined : clean;
}
