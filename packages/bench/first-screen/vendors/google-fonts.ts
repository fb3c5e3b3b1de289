/** The font that firebaseui's sheet imports by address: three weights, of which the browser loads those that the page shows. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packed, type ServedFile } from '../files.ts';
import { peersFolder } from '../peers-project.ts';
import type { Vendor } from './vendor.ts';

const weights = [400, 500, 700] as const;
const latin = 'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122';

export async function googleFonts(): Promise<Vendor> {
  const files = new Map<string, ServedFile>();
  for (const weight of weights) {
    const path = join(peersFolder, 'node_modules/@fontsource/roboto/files', `roboto-latin-${weight}-normal.woff2`);
    files.set(`/${weight}.woff2`, packed(await readFile(path), '.woff2'));
  }
  const faces = weights.map(
    (weight) =>
      `@font-face { font-family: 'Roboto'; font-style: normal; font-weight: ${weight}; font-display: swap; src: url(/${weight}.woff2) format('woff2'); unicode-range: ${latin}; }`,
  );
  const sheet = packed(faces.join('\n'), '.css');
  return {
    hostname: 'fonts.localhost',
    standsFor: '//fonts.googleapis.com',
    answer: ({ path }) => {
      if (path === '/css') return { file: sheet, cacheControl: 'private, max-age=86400, stale-while-revalidate=604800' };
      const file = files.get(path);
      return file === undefined ? undefined : { file, cacheControl: 'public, max-age=31536000' };
    },
  };
}
