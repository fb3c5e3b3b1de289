import type { App } from '../../model/app.ts';
import { html, type Html } from '../../markup/html.ts';
import { accentSheet } from './accent.css.ts';

const rightToLeft = new Set(['ar', 'he', 'fa', 'ur']);

export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

export interface PageFrame {
  readonly language: string;
  readonly title: string;
  /** Below the issuer's path, so that a page finds its files wherever we are mounted. */
  readonly base: string;
  readonly head?: Html;
  /** Whose page it is, so that it has their colour. */
  readonly app?: App;
}

function colourOf(app: App | undefined, base: string): Html | undefined {
  const color = app?.preferences.branding.accentColor;
  return color === undefined ? undefined : html`<link rel="stylesheet" href="${base}/${accentSheet(color)}">`;
}

export function pageLayout({ language, title, base, head, app }: PageFrame, content: Html): Html {
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${base}/pages.css">
${colourOf(app, base)}
${head}
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}
