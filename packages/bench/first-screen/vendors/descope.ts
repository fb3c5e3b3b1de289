/**
 * What Descope's servers answer before the first screen: from the static host the project's `config.json`, its theme and the
 * screen's HTML (`sdk-mixins` of descope-js: `configMixin`, `themeMixin`, `staticResourcesMixin`); from the CDN the package with
 * the components that the screen uses, as npm has it. The screen is the least that signs in: a heading, an address, a button.
 */
import { join } from 'node:path';
import { packed, readFolder, type ServedFile } from '../files.ts';
import { peersFolder, versionOf } from '../peers-project.ts';
import type { Vendor } from './vendor.ts';

const components = '@descope/web-components-ui';

const screen = `<descope-container data-editor-type="container" direction="column" id="ROOT" st-align-items="center" st-gap="1rem" st-horizontal-padding="2rem" st-vertical-padding="2rem" st-host-width="100%">
<descope-text full-width="true" id="title" mode="primary" text-align="center" variant="h1">Welcome to Bench</descope-text>
<descope-email-field bordered="true" full-width="true" id="email" label="Email" name="email" placeholder="Email" required="true" size="md"></descope-email-field>
<descope-button data-type="button" auto-submit="true" full-width="true" id="continue" shape="" size="md" variant="contained" mode="primary">Continue</descope-button>
</descope-container>`;

/** The project's theme: that which the components' package has as its default, in the form in which the host keeps it. */
export interface DescopeTheme {
  readonly light: unknown;
  readonly dark: unknown;
}

export async function descopeVendors(theme: DescopeTheme): Promise<readonly Vendor[]> {
  const version = await versionOf(components);
  const files = await readFolder(join(peersFolder, 'node_modules', components, 'dist/umd'), (text) => text);
  const config = { componentsVersion: version, flows: { 'sign-up-or-in': { version: 1, startScreenId: '0', startScreenName: 'Welcome' } } };
  const pages = new Map<string, ServedFile>([
    ['config.json', packed(JSON.stringify(config), '.json')],
    ['theme.json', packed(JSON.stringify(theme), '.json')],
    ['0.html', packed(screen, '.html')],
  ]);
  const prefix = `/npm/${components}@${version}/dist/umd/`;
  return [
    // The browser asks again whether they have changed; a project's screens change with a click.
    { hostname: 'descope.localhost', answer: ({ path }) => answerOf(pages.get(path.split('/v2-beta/')[1] ?? ''), 'no-cache') },
    {
      hostname: 'descope-cdn.localhost',
      answer: ({ path }) => answerOf(path.startsWith(prefix) ? files.get(path.slice(prefix.length)) : undefined, 'public, max-age=31536000, immutable'),
    },
  ];
}

const answerOf = (file: ServedFile | undefined, cacheControl: string): ReturnType<Vendor['answer']> => (file === undefined ? undefined : { file, cacheControl });
