import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { demoNames } from '../src/demo/demo-names.ts';
import { serveBuilt } from './serve-built.ts';

/**
 * Every demo step × light, dark × 320, 1440 × left-to-right, right-to-left as pictures:
 * `pnpm run screenshots [folder] [names,…]`, where a name is a step's or a whole picture's. Reads the built bundle, so build first.
 */
const [folder = '../../docs/screenshots', only] = process.argv.slice(2);
const faults = ['identify/email_malformed', 'identify/passkey_cancelled', 'identify/network', 'identify-email-or-phone/sms_unavailable', 'enter-code/code_wrong', 'enter-password/password_wrong', 'set-password/password_guessable', 'enter-totp/totp_wrong', 'enter-recovery-code/recovery_code_wrong'];
const wanted = only?.split(',');
const widths = (process.env['WIDTHS'] ?? '320,1440').split(',').map(Number);
const languages = (process.env['LANGUAGES'] ?? 'en,ar').split(',');

/** One picture: what it shows, and how. */
interface Picture {
  readonly name: string;
  readonly theme: string;
  readonly width: number;
  readonly lang: string;
}

const fileOf = ({ name, theme, width, lang }: Picture): string => `${name.replace('/', '--')}.${theme}.${width}.${lang}`;

const pictures = widths.flatMap((width) =>
  ['light', 'dark'].flatMap((theme) =>
    languages.flatMap((lang) => [...demoNames, ...faults].map((name): Picture => ({ name, theme, width, lang })))));

/** The work never ends, and the line that says so stays. */
async function solveForEver(page: Page): Promise<void> {
  await page.evaluate(() => {
    SubtleCrypto.prototype.deriveBits = () => new Promise(() => undefined);
  });
  await page.locator('input[name=password]').fill('a phrase');
  await page.locator('[type=submit]').click();
  await page.waitForFunction(() => document.querySelector('auth-login')?.shadowRoot?.querySelector('[part=offline]') !== null);
}

async function take(picture: Picture, page: Page): Promise<void> {
  const { name, theme, width, lang } = picture;
  await page.setViewportSize({ width, height: width < 600 ? 640 : 900 });
  const query = new URLSearchParams({ demo: name, theme, lang, kind: name.includes('sign-up') ? 'sign-up' : name.includes('step-up') ? 'step-up' : 'sign-in' });
  await page.goto(`${origin}/?${query.toString()}`);
  await page.waitForSelector('[data-step]:not([data-step=starting])');
  await page.evaluate((tag) => document.querySelector(`auth-login[lang=${tag}]`) !== null || new Promise((done) => setTimeout(done, 300)), lang);
  if (name.endsWith('-puzzle')) await solveForEver(page);
  await page.screenshot({ path: join(resolve(folder), `${fileOf(picture)}.png`), fullPage: true });
}

const { origin, server } = await serveBuilt();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
await mkdir(resolve(folder), { recursive: true });
const page = await browser.newPage({ reducedMotion: 'reduce' });
const chosen = pictures.filter((picture) => wanted === undefined || wanted.includes(picture.name) || wanted.includes(fileOf(picture)));
for (const picture of chosen) await take(picture, page);
await browser.close();
server.close();
process.stdout.write(`${chosen.length} pictures in ${resolve(folder)}\n`);
