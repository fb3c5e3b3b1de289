/**
 * What Auth0's servers answer to Lock before its first screen: the client's settings and the texts, both as scripts that call
 * back (`core/client/settings.js`, `i18n.js` and `utils/cdn_utils.js` in auth0-lock's `lib`), and the logo that it shows by default.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packed } from '../files.ts';
import { peersFolder, versionOf } from '../peers-project.ts';
import type { Vendor } from './vendor.ts';

const client = {
  id: 'bench-client-id',
  tenant: 'bench',
  subscription: 'enterprise',
  authorize: 'https://bench.auth0.com/authorize',
  callback: 'http://localhost/',
  hasAllowedOrigins: true,
  strategies: [{ name: 'email', connections: [{ name: 'email' }] }],
};

/** Smaller than the real picture, and as good: it stands beside the form. */
const logo = packed('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 58 58"><circle cx="29" cy="29" r="28" fill="#ea5323"/></svg>', '.svg');

export async function auth0Cdn(): Promise<Vendor> {
  const settings = packed(`Auth0.setClient(${JSON.stringify(client)});`, '.js');
  const texts = packed(`Auth0.registerLanguageDictionary("en", ${JSON.stringify(englishTexts())});`, '.js');
  const version = await versionOf('auth0-lock');
  return {
    hostname: 'auth0.localhost',
    standsFor: '//cdn.auth0.com',
    answer: ({ path, query }) => {
      if (path === '/authorize') return { file: packed(nobodyIsSignedIn(query), '.html') };
      // Asked for anew each time: the address carries the time of day.
      if (path === `/client/${client.id}.js`) return { file: settings, cacheControl: 'public, max-age=300' };
      if (path === `/js/lock/${version}/en.js`) return { file: texts, cacheControl: 'public, max-age=31536000' };
      if (path === '/user/geoloc/country') return { file: packed(JSON.stringify({ countryCode: 'GB', countryCode3: 'GBR', countryName: 'United Kingdom' }), '.json') };
      return path.endsWith('/badge.png') ? { file: logo, cacheControl: 'public, max-age=31536000' } : undefined;
    },
  };
}

/** The hidden frame in which Lock asks whether somebody is signed in (`response_mode=web_message`, `prompt=none`): nobody is. */
function nobodyIsSignedIn(query: URLSearchParams): string {
  const response = { error: 'login_required', error_description: 'Login required', state: query.get('state') };
  const target = new URL(query.get('redirect_uri') ?? 'http://localhost').origin;
  return `<!doctype html><script>parent.postMessage(${JSON.stringify({ type: 'authorization_response', response })}, ${JSON.stringify(target)});</script>`;
}

/** The texts as the package has them: the same that the CDN serves. */
function englishTexts(): unknown {
  const fromPeers = createRequire(join(peersFolder, 'package.json'));
  const { default: texts } = fromPeers('./node_modules/auth0-lock/lib/i18n/en.js') as { readonly default: unknown };
  return texts;
}
