import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file in memory, compressed once at the highest level, as a server for production does it. */
export interface ServedFile {
  readonly type: string;
  readonly body: Buffer;
  readonly isPacked: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Compresses what compresses. */
export function packed(body: string | Buffer, extension: string): ServedFile {
  const isPacked = extension !== '.woff2';
  return { type: types[extension] ?? 'application/octet-stream', body: isPacked ? gzipSync(body, { level: 9 }) : Buffer.from(body), isPacked };
}

/** Every file below a folder by its path, its text changed on the way. Source maps are nobody's to load. */
export async function readFolder(folder: string, change: (text: string) => string): Promise<ReadonlyMap<string, ServedFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, ServedFile>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const extension = extname(path);
    if (!entry.isFile() || !(extension in types)) continue;
    files.set(relative(folder, path), packed(change(await readFile(path, 'utf8')), extension));
  }
  return files;
}
