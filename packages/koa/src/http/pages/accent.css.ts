const named = /^accent-([0-9a-f]{6})\.css$/;

/** The name of the sheet that gives a page its app's colour, `#rrggbb`. */
export const accentSheet = (color: string): string => `accent-${color.slice(1).toLowerCase()}.css`;

/**
 * What it says. There are as many as colours, so each is written as it is asked for, out of nothing but six hex digits.
 * What stands on the colour is black or white, whichever can be read there, as in the widget.
 */
export function accentCss(name: string): string | undefined {
  const [, digits] = named.exec(name) ?? [];
  if (digits === undefined) return undefined;
  return `:root { --accent: #${digits}; --on-accent: oklch(from #${digits} calc((0.59 - l) * 1000) 0 0); }\n`;
}
