import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { packed, readFolder, type ServedFile } from './files.ts';
import { peersFolder } from './peers-project.ts';
import type { Vendor, VendorAnswer } from './vendors/vendor.ts';

export interface PeersServer {
  /** The address of a widget's page. */
  pageOf(widget: string): string;
  stop(): Promise<void>;
}

export interface PeersServerOptions {
  /** Names of the pages in `peers/pages`. */
  readonly widgets: readonly string[];
  readonly vendors: readonly Vendor[];
}

/** One server for all pages and stand-ins: HTTP/1.1, gzip, and what has its content's hash in its name is kept for good. */
export async function startPeersServer({ widgets, vendors }: PeersServerOptions): Promise<PeersServer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const files = await readPages({ widgets, vendors }, port);
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    const vendor = vendors.find(({ hostname }) => hostname === url.hostname);
    if (vendor === undefined) send(response, pageAnswer(files, url.pathname));
    else answerVendor(vendor, { request, response, url });
  });
  return {
    pageOf: (widget) => `http://localhost:${port}/${widget}/`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What the pages name by a fixed address is named anew, so that each request comes here. */
async function readPages({ widgets, vendors }: PeersServerOptions, port: number): Promise<ReadonlyMap<string, ServedFile>> {
  const change = (text: string): string => vendors.reduce((changed, vendor) => redirect(changed, vendor, port), text.replaceAll('__PORT__', String(port)));
  const all = new Map<string, ServedFile>();
  for (const widget of widgets) {
    for (const [path, file] of await readFolder(join(peersFolder, 'dist', widget), change)) all.set(`/${widget}/${path}`, file);
  }
  return all;
}

function redirect(text: string, { hostname, standsFor }: Vendor, port: number): string {
  if (standsFor === undefined) return text;
  return text.replaceAll(`https:${standsFor}`, `http://${hostname}:${port}`).replaceAll(standsFor, `//${hostname}:${port}`);
}

function pageAnswer(files: ReadonlyMap<string, ServedFile>, path: string): VendorAnswer | undefined {
  const widget = /^\/([\w-]+)\/$/.exec(path)?.[1];
  const file = files.get(widget === undefined ? path : `/${widget}/${widget}.html`);
  if (file === undefined) return undefined;
  return { file, cacheControl: widget === undefined ? 'public, max-age=31536000, immutable' : 'no-cache' };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

/** Another origin than the page's: the browser asks beforehand where the request is not a simple one (Fetch, section 3.3). */
function answerVendor(vendor: Vendor, { request, response, url }: Exchange): void {
  const { origin } = request.headers;
  if (origin !== undefined) {
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Vary', 'Origin');
  }
  if (request.method === 'OPTIONS') {
    response.setHeader('Access-Control-Allow-Methods', 'GET,HEAD,PUT,PATCH,POST,DELETE');
    response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '');
    // Two hours, the most that Chromium keeps; Hanko's server says the same.
    response.setHeader('Access-Control-Max-Age', '7200');
    response.writeHead(204).end();
    return;
  }
  request.resume();
  send(response, vendor.answer({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams }));
}

const nothing: VendorAnswer = { file: packed('', '.txt') };

function send(response: ServerResponse, answer: VendorAnswer | undefined): void {
  const { file, cacheControl = 'no-store' } = answer ?? nothing;
  response.setHeader('Content-Type', file.type);
  response.setHeader('Cache-Control', cacheControl);
  response.setHeader('Content-Length', file.body.length);
  if (file.isPacked) response.setHeader('Content-Encoding', 'gzip');
  response.writeHead(answer === undefined ? 404 : 200).end(file.body);
}
