import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'koa';
import { pagesCss } from './pages/pages.css.ts';

interface Asset {
  readonly body: Buffer;
  readonly packed: Buffer;
  readonly type: string;
  readonly etag: string;
  readonly isNamedByContent: boolean;
}

/** Files that pages load: the built widget, and the sheet of the hosted pages. */
export interface Assets {
  /** Answers if there is a file of this name (below the issuer's path). */
  send(ctx: Context, name: string): boolean;
  readonly hasWidget: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/** Vite puts eight characters of the content's hash before the ending. */
const namedByContent = /-[\w-]{8}\.\w+$/;

const pack = promisify(gzip);

async function assetOf(name: string, body: Buffer): Promise<Asset> {
  return {
    body,
    packed: await pack(body, { level: 9 }),
    type: contentTypes[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    isNamedByContent: namedByContent.test(name),
  };
}

/** Reads the files once, at start-up: they are few and small, and a request then touches no disk. */
export async function loadAssets(): Promise<Assets> {
  const files = new Map([
    ['pages.css', await assetOf('pages.css', Buffer.from(pagesCss))],
    // All the script that a page of ours has beside the widget: a window that has nothing more to do goes.
    ['close-window.js', await assetOf('close-window.js', Buffer.from('window.close();\n'))],
  ]);
  for (const [name, path] of await widgetFiles()) files.set(name, await assetOf(name, await readFile(path)));
  return { send: (ctx, name) => send(ctx, files.get(name)), hasWidget: files.has('login.js') };
}

async function widgetFiles(): Promise<readonly (readonly [string, string])[]> {
  try {
    const folder = dirname(fileURLToPath(import.meta.resolve('@portico/login/browser/login.js')));
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path).split(sep).join('/'), path] as const);
  } catch {
    // Not built: createAuth says so at start-up, and everything but the widget works.
    return [];
  }
}

function send(ctx: Context, asset: Asset | undefined): boolean {
  if (asset === undefined) return false;
  ctx.set('Cache-Control', asset.isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache');
  ctx.set('ETag', asset.etag);
  ctx.set('X-Content-Type-Options', 'nosniff');
  // Module scripts are fetched with CORS; pages of any origin may load the widget, as they may any script.
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
  ctx.vary('Accept-Encoding');
  ctx.type = asset.type;
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return true;
  }
  const isPacked = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (isPacked) ctx.set('Content-Encoding', 'gzip');
  ctx.body = isPacked ? asset.packed : asset.body;
  return true;
}
