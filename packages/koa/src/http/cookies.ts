import type { Context } from 'koa';

/** Every cookie, its name and its attributes. Nothing else sets one. */
export interface Cookies {
  readSession(ctx: Context): string | undefined;
  writeSession(ctx: Context, secret: string, lifetimeSeconds: number): void;
  clearSession(ctx: Context): void;
  readBrowser(ctx: Context): string | undefined;
  writeBrowser(ctx: Context, secret: string): void;
  /** One secret for each user who has signed in from this browser, the last of them last. */
  readDevices(ctx: Context): readonly string[];
  writeDevices(ctx: Context, secrets: readonly string[]): void;
}

/** So many people share a browser; the one who signs in after them is at a new device the next time. */
const mostDevices = 5;

/** Browsers keep a cookie no longer than 400 days, whatever it says. */
const browserSeconds = 400 * 86_400;

function readCookie(ctx: Context, name: string): string | undefined {
  const found = ctx
    .get('Cookie')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  // Two cookies of one name: one was planted from another path or host. Neither is believed.
  return found.length === 1 ? found[0] : undefined;
}

/**
 * `__Host-` keeps other hosts and plain HTTP from planting our cookies (RFC 6265bis, section 4.1.3.2). On a laptop
 * without HTTPS the prefix and `Secure` go. The header is written here because Koa refuses `Secure` behind a proxy that
 * ends TLS unless it trusts forwarded headers, and we trust none.
 */
export function createCookies(isSecure: boolean): Cookies {
  const prefix = isSecure ? '__Host-' : '';
  const session = `${prefix}portico-session`;
  const browser = `${prefix}portico-browser`;
  const device = `${prefix}portico-device`;
  const write = (ctx: Context, pair: string, seconds: number): void => {
    ctx.append('Set-Cookie', `${pair}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`);
  };
  return {
    readSession: (ctx) => readCookie(ctx, session),
    writeSession: (ctx, secret, seconds) => write(ctx, `${session}=${secret}`, seconds),
    clearSession: (ctx) => write(ctx, `${session}=`, 0),
    readBrowser: (ctx) => readCookie(ctx, browser),
    writeBrowser: (ctx, secret) => write(ctx, `${browser}=${secret}`, browserSeconds),
    readDevices: (ctx) => (readCookie(ctx, device) ?? '').split('.').filter((secret) => secret !== '').slice(-mostDevices),
    writeDevices: (ctx, secrets) => write(ctx, `${device}=${secrets.slice(-mostDevices).join('.')}`, browserSeconds),
  };
}
