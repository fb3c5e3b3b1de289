/**
 * The one layout of every mail: a table, because mail programs know nothing newer; every style inline, and a style
 * sheet that only adds the dark colours.
 */
import type { Mail } from '../../model/mail.ts';
import type { MailTexts } from '../texts/mail-texts.ts';
import { accentColours } from './accent-colours.ts';
import { html, type Html } from '../../markup/html.ts';
import { asPlainText } from './isolated.ts';
import type { MailApp } from './mail-input.ts';
import { oneLine } from './one-line.ts';

/** A mail before it is dressed: the same content in both forms. */
export interface MailContent {
  readonly to: string;
  readonly app: MailApp;
  readonly texts: MailTexts;
  readonly subject: string;
  readonly title: string;
  /** What a mail program shows beside the subject. */
  readonly preheader: string;
  readonly blocks: readonly MailBlock[];
}

/** A piece of a mail, in both forms. */
export interface MailBlock {
  readonly html: Html;
  readonly text: string;
}

const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

const darkSheet = html`<style>
@media (prefers-color-scheme: dark) {
  .page { background: #121316 !important; }
  .card { background: #1d1f24 !important; border-left-color: #34373f !important; border-right-color: #34373f !important; border-bottom-color: #34373f !important; }
  .button { border-color: #f4f5f7 !important; }
  .strong { color: #f4f5f7 !important; }
  .quiet { color: #a9adb8 !important; }
  .box { background: #282b32 !important; border-color: #3d414b !important; color: #f4f5f7 !important; }
}
</style>`;

function logo({ name, logoUrl }: MailApp): Html {
  if (logoUrl === undefined || !logoUrl.startsWith('https://')) {
    return html`<span class="strong" style="${font};font-size:17px;font-weight:700;color:#16181d"><bdi>${name}</bdi></span>`;
  }
  return html`<img src="${logoUrl}" alt="${name}" height="36" style="display:block;height:36px;width:auto;max-width:200px;border:0;font-size:17px;font-weight:700" />`;
}

/** Shown in the list of mails, not in the mail. What follows it keeps the body's first words out of that line. */
function preheaderOf(text: string): Html {
  return html`<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all">${text}${'\u00a0\u200c'.repeat(60)}</div>`;
}

function card({ app, texts, title, blocks }: MailContent): Html {
  const { accent } = accentColours(app.accentColor);
  // What is longer than a phone's line, an IPv6 address for one, breaks: or the whole mail becomes as wide as it.
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:520px;word-break:break-word">
<tr><td style="padding:0 4px 20px">${logo(app)}</td></tr>
<tr><td class="card" style="background:#ffffff;border:1px solid #e3e5ea;border-top:4px solid ${accent};border-radius:12px;padding:32px 28px">
<h1 class="strong" style="${font};margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:700;color:#16181d">${title}</h1>
${blocks.map((block) => block.html)}
</td></tr>
<tr><td class="quiet" style="${font};padding:20px 4px 0;font-size:12px;line-height:1.5;color:#5d6370">${texts.footer(app.name)}</td></tr>
</table>`;
}

function page(content: MailContent): Html {
  const { language, direction } = content.texts;
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width,initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="supported-color-schemes" content="light dark" />
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
<title>${content.subject}</title>
${darkSheet}
</head>
<body class="page" dir="${direction}" style="margin:0;padding:0;background:#f3f4f7">
${preheaderOf(asPlainText(content.preheader, content.texts))}
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f4f7">
<tr><td align="center" style="padding:32px 16px">${card(content)}</td></tr>
</table>
</body>
</html>
`;
}

/** Puts a mail's content into the layout, and into its text form, which says all of the same. */
export function layOutMail(content: MailContent): Mail {
  const app = { ...content.app, name: oneLine(content.app.name) };
  const said = content.blocks.map((block) => block.text).filter((text) => text !== '');
  const text = [content.title, ...said, `-- \n${content.texts.footer(app.name)}`];
  return {
    to: content.to,
    fromName: app.name,
    subject: content.subject,
    html: page({ ...content, app }).markup,
    text: asPlainText(`${text.join('\n\n')}\n`, content.texts),
  };
}
