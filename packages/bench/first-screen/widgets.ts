import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { peersFolder, preparePeers, versionOf } from './peers-project.ts';
import { startPeersServer } from './peers-server.ts';
import { startPortico } from './portico-server.ts';
import { auth0Cdn } from './vendors/auth0.ts';
import { descopeVendors, type DescopeTheme } from './vendors/descope.ts';
import { googleFonts } from './vendors/google-fonts.ts';
import { hankoApi } from './vendors/hanko.ts';

/** A login on a page of its own. */
export interface Widget {
  readonly name: string;
  /** What it is made of, by package. */
  readonly versions: Readonly<Record<string, string>>;
  readonly url: string;
}

export interface Widgets {
  readonly widgets: readonly Widget[];
  stop(): Promise<void>;
}

/** The peers: the page in `peers/pages` and the packages whose versions decide what is measured. */
const peers = {
  hanko: ['@teamhanko/hanko-elements'],
  descope: ['@descope/web-component', '@descope/web-components-ui'],
  'auth0-lock': ['auth0-lock'],
  firebaseui: ['firebaseui', 'firebase'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Starts Portico and serves the peers beside it. */
export async function startWidgets(browser: Browser): Promise<Widgets> {
  const names = Object.keys(peers);
  await preparePeers(names);
  const portico = await startPortico();
  const vendors = [hankoApi, await auth0Cdn(), await googleFonts(), ...(await descopeVendors(await descopeTheme(browser)))];
  const server = await startPeersServer({ widgets: names, vendors });
  const versions = { '@portico/login': await ownVersion() };
  const ours: readonly Widget[] = [
    { name: 'portico', versions, url: portico.page },
    { name: 'portico, no backend', versions, url: portico.pageAlone },
  ];
  const theirs = await Promise.all(Object.entries(peers).map(async ([name, packages]) => ({ name, versions: await versionsOf(packages), url: server.pageOf(name) })));
  return {
    widgets: [...ours, ...theirs],
    stop: async () => void (await Promise.all([portico.stop(), server.stop()])),
  };
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('../../login/package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
}

async function versionsOf(packages: readonly string[]): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(await Promise.all(packages.map(async (name) => [name, await versionOf(name)] as const)));
}

/** Descope keeps a project's theme as style sheets; the package that makes them runs in a browser alone. */
async function descopeTheme(browser: Browser): Promise<DescopeTheme> {
  const page = await browser.newPage();
  const script = join(peersFolder, 'node_modules/@descope/web-components-ui/dist/umd/DescopeDev.js');
  await page.route('**/*', (route) => (route.request().url().endsWith('.js') ? route.fulfill({ path: script }) : route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })));
  await page.goto('http://theme.localhost/');
  await page.addScriptTag({ url: '/theme.js' });
  const theme = await page.evaluate<DescopeTheme>('({ light: DescopeDev.themeToStyle(DescopeDev.defaultTheme, "light"), dark: DescopeDev.themeToStyle(DescopeDev.darkTheme, "dark") })');
  await page.close();
  return theme;
}
