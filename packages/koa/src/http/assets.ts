import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import type { Context } from 'koa';
import { accentCss } from './pages/accent.css.ts';
import { approveJs } from './pages/approve.js.ts';
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
  /** The widget's script below the issuer's path, at an address that changes with what it says: no browser asks for it twice. */
  readonly widgetScript: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/** Vite puts eight characters of the content's hash before the ending. */
const namedByContent = /-[\w-]{8}\.\w+$/;

/** All files of the widget, below an address that is named by what they say together. Their imports are relative, so they stay there. */
const versioned = /^widget\/([\w-]+)\/(.+)$/;

const pack = promisify(gzip);

async function assetOf(name: string, body: Buffer): Promise<Asset> {
  return {
    body,
    packed: await pack(body, { level: 9 }),
    type: contentTypes[extname(name)] ?? 'application/octet-stream',
    etag: `"${digestOf(body)}"`,
    isNamedByContent: namedByContent.test(name),
  };
}

/** Reads the files once, at start-up: they are few and small, and a request then touches no disk. */
export async function loadAssets(): Promise<Assets> {
  const files = new Map<string, Asset>();
  for (const [name, path] of await widgetFiles()) files.set(name, await assetOf(name, await readFile(path)));
  const version = digestOf([...files].map(([name, { etag }]) => `${name} ${etag}`).toSorted().join('\n')).slice(0, 12);
  // Beside the widget pages of ours have two scripts: a window that has nothing more to do goes, and another device approves.
  files.set('close-window.js', await assetOf('close-window.js', Buffer.from('window.close();\n')));
  files.set('approve.js', await assetOf('approve.js', Buffer.from(approveJs)));
  files.set('pages.css', await assetOf('pages.css', Buffer.from(pagesCss)));
  return { send: (ctx, name) => sendNamed(ctx, name, { files, version }), hasWidget: files.has('login.js'), widgetScript: `widget/${version}/login.js` };
}

const digestOf = (body: Buffer | string): string => createHash('sha256').update(body).digest('base64url').slice(0, 22);

/** A page that was kept since an older release names an older version: it gets what there is, and may not keep it. */
function sendNamed(ctx: Context, name: string, { files, version }: { readonly files: ReadonlyMap<string, Asset>; readonly version: string }): boolean {
  const [, asked, rest] = versioned.exec(name) ?? [];
  const asset = files.get(rest ?? name) ?? accentAsset(name);
  if (asset === undefined) return false;
  send(ctx, asset, asset.isNamedByContent || asked === version);
  return true;
}

function accentAsset(name: string): Asset | undefined {
  const css = accentCss(name);
  if (css === undefined) return undefined;
  const body = Buffer.from(css);
  return { body, packed: gzipSync(body), type: contentTypes['.css'] ?? '', etag: `"${digestOf(body)}"`, isNamedByContent: true };
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

function send(ctx: Context, asset: Asset, mayKeep: boolean): void {
  ctx.set('Cache-Control', mayKeep ? 'public, max-age=31536000, immutable' : 'no-cache');
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
    return;
  }
  const isPacked = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (isPacked) ctx.set('Content-Encoding', 'gzip');
  ctx.body = isPacked ? asset.packed : asset.body;
}
