/** A real Chromium, and people in it: each with cookies and an authenticator of their own. */
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type CDPSession, type Page } from 'playwright-core';

export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Everything that the browser complained about: policy violations, errors of scripts. */
  readonly complaints: readonly string[];
  /** Gives the page's browser a platform authenticator that says yes by itself. */
  addAuthenticator(options?: AuthenticatorOptions): Promise<Authenticator>;
}

export interface AuthenticatorOptions {
  /** Says yes by itself. @default true */
  readonly isWilling?: boolean;
}

export interface Authenticator {
  readonly session: CDPSession;
  readonly id: string;
  /** How many passkeys it holds. */
  count(): Promise<number>;
  setWilling(isWilling: boolean): Promise<void>;
  /** Forgets everything, as when a person deletes their passkeys. */
  clear(): Promise<void>;
}

// No story may depend on what is beyond this machine, nor on how long it takes to say that it is not there.
const noOtherHost = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', noOtherHost];

/** A busy machine may need that long for one step of a story; a whole story is given more (`--test-timeout`). */
const patienceMilliseconds = 40_000;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: flags });
}

export async function invite(browser: Browser, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  context.setDefaultTimeout(patienceMilliseconds);
  const page = await context.newPage();
  const complaints: string[] = [];
  listen(page, complaints);
  context.on('page', (other) => listen(other, complaints));
  return { context, page, complaints, addAuthenticator: (wanted) => addAuthenticator(page, wanted) };
}

/** A 4xx answer of a fetch is logged by Chromium as an error, though it is part of the story. */
function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (fault) => complaints.push(fault.message));
  page.on('console', (line) => {
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) complaints.push(line.text());
  });
}

async function addAuthenticator(page: Page, { isWilling = true }: AuthenticatorOptions = {}): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId: id } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: isWilling,
    },
  });
  return {
    session,
    id,
    count: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId: id })).credentials.length,
    setWilling: async (enabled) => {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: id, enabled });
    },
    clear: async () => {
      await session.send('WebAuthn.clearCredentials', { authenticatorId: id });
    },
  };
}
