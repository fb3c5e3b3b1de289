import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';

/** The header that the manual prints. */
export const strictPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const browser = new URL('../dist/browser/', import.meta.url);

/** A page around the built bundle, under the strict policy. Query: `demo`, `theme`, `lang`, `kind`. */
const page = (query: URLSearchParams): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>auth-login</title>
<link rel="stylesheet" href="/page.css"><link rel="icon" href="/icon.svg"><script type="module" src="/auth/login.js"></script></head>
<body class="${query.get('theme') ?? 'light'}"><main>
<auth-login demo="${query.get('demo') ?? 'identify'}" theme="${query.get('theme') ?? 'light'}" lang="${query.get('lang') ?? 'en'}" kind="${query.get('kind') ?? 'sign-in'}" heading-level="1"></auth-login>
</main></body></html>`;

const css = `body{margin:0;min-block-size:100vh;display:grid;align-items:center;background:#f4f5f8}body.dark{background:#0c0e13;color-scheme:dark}
main{padding:3rem 1rem}@media(max-width:480px){main{padding:1rem .5rem}}`;

/** Starts a server on a free port of this machine. */
export async function serveBuilt(): Promise<{ readonly origin: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const send = (type: string, body: string | Buffer): void => {
      response.writeHead(200, { 'content-type': type, 'content-security-policy': strictPolicy }).end(body);
    };
    if (url.pathname === '/') send('text/html', page(url.searchParams));
    else if (url.pathname === '/page.css') send('text/css', css);
    else if (url.pathname === '/icon.svg') send('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    else {
      readFile(new URL(url.pathname.replace('/auth/', ''), browser)).then(
        (body) => send('text/javascript', body),
        () => response.writeHead(404).end(),
      );
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, server };
}
