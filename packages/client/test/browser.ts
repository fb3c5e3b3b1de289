/** As much of a browser as a sign-in needs: cookies by origin, redirects one by one, forms. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async go(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const headers = new Headers({ accept: 'text/html', ...Object.fromEntries(new Headers(init.headers)) });
    const jar = this.jar(origin);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#take(jar, line);
    return response;
  }

  jar(origin: string): Map<string, string> {
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    return jar;
  }

  post(url: string, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const own = { origin: new URL(url).origin, accept: '*/*', 'content-type': 'application/json' };
    return this.go(url, { method: 'POST', body: JSON.stringify(body), headers: { ...own, ...headers } });
  }

  submit(url: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const own = { origin: new URL(url).origin };
    return this.go(url, { method: 'POST', body: new URLSearchParams(fields), headers: { ...own, ...headers } });
  }

  #take(jar: Map<string, string>, line: string): void {
    const [pair = ''] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    if (/Max-Age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
    else jar.set(name, pair.slice(name.length + 1));
  }
}

/** Where a redirect leads, absolute. */
export function locationOf(response: Response, base: string): string {
  return new URL(response.headers.get('location') ?? '', base).href;
}
