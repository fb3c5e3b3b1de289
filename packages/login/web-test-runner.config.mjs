import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { strictPolicy } from './scripts/serve-built.ts';

// No test may depend on what is beyond this machine, nor on how long it takes to say that it is not there.
const noOtherHost = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', noOtherHost];
const sessions = new Map();

/** Lets a test speak the DevTools protocol: trusted presses, virtual authenticators. */
const devTools = {
  name: 'portico-devtools',
  async executeCommand({ command, payload, session }) {
    if (command !== 'devtools') return undefined;
    if (!sessions.has(session.id)) sessions.set(session.id, await session.browser.getPage(session.id).createCDPSession());
    return { result: (await sessions.get(session.id).send(payload.method, payload.params)) ?? null };
  },
};

/** The built bundle on a page with the header that the manual prints. */
async function strictPage(context, next) {
  if (!context.path.startsWith('/strict/')) return next();
  context.set('content-security-policy', strictPolicy);
  const name = context.path.slice('/strict/'.length);
  if (name === 'page') {
    const demo = encodeURIComponent(context.query.demo ?? 'identify').replace('%2F', '/');
    context.type = 'html';
    context.body = `<!doctype html><html lang="en"><head><title>strict</title><script src="/strict/record"></script><script type="module" src="/strict/login.js"></script></head><body><auth-login demo="${demo}" lang="${context.query.lang === 'ar' ? 'ar' : 'en'}"></auth-login></body></html>`;
  } else if (name === 'record') {
    context.type = 'js';
    context.body = 'window.violations=[];document.addEventListener("securitypolicyviolation",(event)=>window.violations.push(event.violatedDirective+" "+event.blockedURI));';
  } else {
    context.type = 'js';
    context.body = await readFile(new URL(`./dist/browser/${name}`, import.meta.url), 'utf8');
  }
}

export default {
  files: 'test/browser/*.test.ts',
  rootDir: fileURLToPath(new URL('../../', import.meta.url)),
  nodeResolve: { exportConditions: ['portico-source', 'browser', 'production'] },
  concurrency: 1,
  middleware: [strictPage],
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.build.json', import.meta.url)) }), devTools],
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: [...flags, '--force-prefers-reduced-motion'] },
    }),
  ],
  testFramework: { config: { timeout: 30_000 } },
  testsFinishTimeout: 480_000,
};
