import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { demoNames } from '../src/demo/demo-names.ts';
import { serveBuilt } from './serve-built.ts';

/**
 * Every demo step × light, dark × 320, 1440 × left-to-right, right-to-left as pictures:
 * `pnpm run screenshots [folder] [names,…]`, where a name is a step's or a whole picture's. Reads the built bundle, so build first.
 */
const [folder = '../../docs/screenshots', only] = process.argv.slice(2);
const faults = ['identify/email_malformed', 'identify/passkey_cancelled', 'identify/network', 'enter-code/code_wrong'];
const names = [...demoNames, ...faults];
const wanted = only?.split(',');
const widths = (process.env['WIDTHS'] ?? '320,1440').split(',').map(Number);
const languages = (process.env['LANGUAGES'] ?? 'en,ar').split(',');

const { origin, server } = await serveBuilt();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
await mkdir(resolve(folder), { recursive: true });
let count = 0;
for (const width of widths) {
  const page = await browser.newPage({ viewport: { width, height: width < 600 ? 640 : 900 }, reducedMotion: 'reduce' });
  for (const theme of ['light', 'dark']) {
    for (const lang of languages) {
      for (const name of names) {
        const picture = `${name.replace('/', '--')}.${theme}.${width}.${lang}`;
        if (wanted !== undefined && !wanted.includes(name) && !wanted.includes(picture)) continue;
        const query = new URLSearchParams({ demo: name, theme, lang, kind: name.includes('sign-up') ? 'sign-up' : 'sign-in' });
        await page.goto(`${origin}/?${query.toString()}`);
        await page.waitForSelector('[data-step]:not([data-step=starting])');
        await page.evaluate((tag) => document.querySelector(`auth-login[lang=${tag}]`) !== null || new Promise((done) => setTimeout(done, 300)), lang);
        await page.screenshot({ path: join(resolve(folder), `${picture}.png`), fullPage: true });
        count += 1;
      }
    }
  }
  await page.close();
}
await browser.close();
server.close();
process.stdout.write(`${count} pictures in ${resolve(folder)}\n`);
