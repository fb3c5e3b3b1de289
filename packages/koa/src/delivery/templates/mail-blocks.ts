import type { MailTexts } from '../texts/mail-texts.ts';
import { accentColours } from './accent-colours.ts';
import { formatMoment } from './format-moment.ts';
import { isolated, withIsolates } from './isolated.ts';
import { html, type Html } from '../../markup/html.ts';
import type { MailInput } from './mail-input.ts';
import type { MailBlock } from './mail-layout.ts';
import { oneLine } from './one-line.ts';

const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const monospace = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Courier New',monospace";

/** A paragraph. */
export function paragraph(text: string): MailBlock {
  return {
    html: html`<p class="strong" style="${font};margin:0 0 16px;font-size:16px;line-height:1.5;color:#16181d">${withIsolates(text)}</p>`,
    text,
  };
}

/** A paragraph that stands back. */
export function note(text: string): MailBlock {
  return {
    html: html`<p class="quiet" style="${font};margin:0 0 12px;font-size:14px;line-height:1.5;color:#5d6370">${text}</p>`,
    text,
  };
}

/** The digits, alone on their line in both forms: easy to read out, to copy and to find for a mail program. */
export function codeBlock(code: string): MailBlock {
  return {
    html: html`<p class="box" dir="ltr" style="${monospace};margin:0 0 20px;padding:16px 8px;background:#f3f4f7;border:1px solid #e3e5ea;border-radius:10px;font-size:34px;line-height:1.2;font-weight:700;letter-spacing:6px;text-align:center;color:#16181d">${code}</p>`,
    text: code,
  };
}

/** A button, and what it leads to. */
export function buttonBlock(label: string, url: string, accentColor: string | undefined): MailBlock {
  const { accent, onAccent } = accentColours(accentColor);
  return {
    html: html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px"><tr><td style="border-radius:8px;background:${accent}"><a href="${url}" class="button" style="${font};display:inline-block;padding:13px 24px;border:1px solid ${accent};border-radius:8px;background:${accent};color:${onAccent};font-size:16px;line-height:1.3;font-weight:600;text-decoration:none">${label}</a></td></tr></table>`,
    text: url,
  };
}

/** The address behind a button, in full. The text form has it already. */
export function linkInFull(texts: MailTexts, url: string): MailBlock {
  return {
    html: html`<p class="quiet" style="${font};margin:0 0 16px;font-size:13px;line-height:1.5;color:#5d6370">${texts.linkInFull}<br /><a href="${url}" class="quiet" dir="ltr" style="color:#5d6370;word-break:break-all">${url}</a></p>`,
    text: '',
  };
}

function row(label: string, value: string): Html {
  return html`<tr><th scope="row" class="quiet" align="start" style="${font};padding:2px 0;padding-inline-end:16px;font-size:13px;font-weight:400;text-align:start;vertical-align:top;white-space:nowrap;color:#5d6370">${label}</th><td class="strong" style="${font};padding:2px 0;font-size:13px;color:#16181d"><bdi>${value}</bdi></td></tr>`;
}

/** Browser, place and time of the request, so that its reader can tell whether it was theirs. */
export function requestBlock(texts: MailTexts, { origin, requestedAt }: MailInput): MailBlock {
  const place: readonly [string, string] =
    origin.place === undefined ? [texts.addressLabel, origin.address] : [texts.placeLabel, oneLine(origin.place)];
  const rows: readonly (readonly [string, string])[] = [
    [texts.browserLabel, origin.browser === 'unknown' ? texts.unknownBrowser : oneLine(origin.browser)],
    place,
    [texts.timeLabel, formatMoment(requestedAt, texts.language)],
  ];
  return {
    html: html`<p class="quiet" style="${font};margin:24px 0 6px;font-size:13px;font-weight:600;color:#5d6370">${texts.requestHeading}</p><table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px">${rows.map(([label, value]) => row(label, value))}</table>`,
    text: [texts.requestHeading, ...rows.map(([label, value]) => `  ${label}: ${isolated(value)}`)].join('\n'),
  };
}
