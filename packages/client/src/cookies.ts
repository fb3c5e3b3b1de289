import type { Context } from 'koa';

/** The only place that reads or writes a cookie. */
export interface Cookies {
  /** The full name, with the prefix that this deployment has. */
  nameOf(base: string): string;
  read(ctx: Context, name: string): string | undefined;
  /** The names that begin so. */
  list(ctx: Context, prefix: string): readonly string[];
  write(ctx: Context, name: string, cookie: { readonly value: string; readonly seconds: number }): void;
  clear(ctx: Context, name: string): void;
}

/**
 * `__Host-` keeps other hosts and plain HTTP from planting our cookies (RFC 6265bis, section 4.1.3.2). `Lax`, because
 * the callback and links from mails come from other sites. The header is written here because Koa refuses `Secure`
 * behind a proxy that ends TLS unless it trusts forwarded headers.
 */
export function createCookies(isSecure: boolean): Cookies {
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  const write = (ctx: Context, name: string, line: string): void => {
    // One cookie, one line: the last word of this request counts.
    const others = linesOf(ctx).filter((other) => !other.startsWith(`${name}=`));
    ctx.set('Set-Cookie', [...others, line]);
  };
  return {
    nameOf: (base) => (isSecure ? `__Host-${base}` : base),
    read: (ctx, name) => {
      const values = pairsOf(ctx).filter(([found]) => found === name);
      // Two cookies of one name: one was planted from another path or host. Neither is believed.
      return values.length === 1 ? values[0]?.[1] : undefined;
    },
    list: (ctx, prefix) => [...new Set(pairsOf(ctx).map(([name]) => name))].filter((name) => name.startsWith(prefix)),
    write: (ctx, name, { value, seconds }) => write(ctx, name, `${name}=${value}; Max-Age=${Math.floor(seconds)}${attributes}`),
    clear: (ctx, name) => write(ctx, name, `${name}=; Max-Age=0${attributes}`),
  };
}

function linesOf(ctx: Context): readonly string[] {
  const lines = ctx.response.headers['set-cookie'];
  if (lines === undefined) return [];
  return Array.isArray(lines) ? lines : [lines];
}

function pairsOf(ctx: Context): readonly (readonly [string, string])[] {
  return ctx
    .get('Cookie')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.includes('='))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
}
