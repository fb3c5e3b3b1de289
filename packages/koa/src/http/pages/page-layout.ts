import { html, type Html } from '../../markup/html.ts';

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
}

export function pageLayout({ language, title, base, head }: PageFrame, content: Html): Html {
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${base}/pages.css">
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
