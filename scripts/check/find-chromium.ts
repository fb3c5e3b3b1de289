import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../repository.ts';

const usualPlaces = [
  // Half the work of the whole browser, whose own interface runs beside each page also where nobody sees it.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a Chromium: the one named, one that is there, Debian's, or npm's. Throws with one line on what to do. */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && existsSync(named)) return named;
  return installed() ?? fromDebian() ?? (await fromNpm());
}

function installed(): string | undefined {
  return usualPlaces.find((place) => existsSync(place));
}

function fromDebian(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const isMissing = (args: readonly string[]): boolean => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync('apt-get', args, { stdio: 'ignore', env, timeout: 240_000 }).status !== 0;
  };
  if (isMissing(['update'])) return undefined;
  const isThere = ['chromium-headless-shell', 'chromium'].some((name) => !isMissing(['install', '-y', '--no-install-recommends', name]));
  return isThere ? installed() : undefined;
}

async function fromNpm(): Promise<string> {
  try {
    const fromStories = createRequire(join(repositoryRoot, 'packages/e2e/package.json'));
    const module: { default: { executablePath(): Promise<string> } } = await import(
      pathToFileURL(fromStories.resolve('@sparticuz/chromium')).href
    );
    return await module.default.executablePath();
  } catch (cause) {
    throw new Error('No Chromium: install chromium or google-chrome, or set CHROMIUM_PATH to one.', { cause });
  }
}
