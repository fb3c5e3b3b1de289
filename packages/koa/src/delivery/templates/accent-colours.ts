/** A colour, and what can be read on it. */
export interface AccentColours {
  readonly accent: string;
  readonly onAccent: '#ffffff' | '#000000';
}

const defaultAccent = '#2f4fd8';

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, contrast ratio: 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** An app's colour with the text colour that is better read on it: one of the two always has 4.5 to 1 or more. */
export function accentColours(accentColor: string | undefined): AccentColours {
  const accent = accentColor !== undefined && /^#[0-9a-f]{6}$/i.test(accentColor) ? accentColor : defaultAccent;
  const isWhiteBetter = contrast(accent, '#ffffff') >= contrast(accent, '#000000');
  return { accent, onAccent: isWhiteBetter ? '#ffffff' : '#000000' };
}
