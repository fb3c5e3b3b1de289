import { svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { drawn } from './icons.ts';

const paths = {
  code: svg`<rect x="2.5" y="5" width="19" height="14" rx="3" /><path d="M7 12h.01M12 12h.01M17 12h.01" stroke-width="2.6" />`,
  mail: svg`<rect x="2.5" y="4.5" width="19" height="15" rx="3" /><path d="m3.5 7.5 8.5 6 8.5-6" />`,
  phone: svg`<rect x="6" y="2" width="12" height="20" rx="3" /><path d="M11 18.5h2" />`,
  clock: svg`<circle cx="12" cy="12" r="9.5" /><path d="M12 6.5V12l3.5 2.5" />`,
  lock: svg`<rect x="4" y="10.5" width="16" height="10.5" rx="2.5" /><path d="M7.5 10.5V7a4.5 4.5 0 0 1 9 0v3.5" />`,
  // The stroke through the eye is there all the time, and shown by the sheet while the button is pressed.
  eye: svg`<path d="M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7-10-7-10-7Z" /><circle cx="12" cy="12" r="3" /><path class="al-stroke" d="m4 4 16 16" />`,
  // An arrow goes the way that is read: the sheet turns it around.
  door: svg`<path class="al-way" d="M10 3.5h8.5a2 2 0 0 1 2 2v13a2 2 0 0 1-2 2H10M3.5 12h11m-4-4.5 4.5 4.5-4.5 4.5" />`,
  app: svg`<rect x="6" y="2" width="12" height="20" rx="3" /><path d="M9.2 9.5h.01M12 9.5h.01M14.8 9.5h.01M9.2 13.5h.01M12 13.5h.01M14.8 13.5h.01" stroke-width="2.2" />`,
  paper: svg`<path d="M6 2.5h8.5L19 7v14.5H6Z" /><path d="M9.5 11h6m-6 4h6" />`,
  circle: svg`<circle cx="12" cy="12" r="8" />`,
  cross: svg`<path d="m6 6 12 12M18 6 6 18" />`,
} satisfies Record<string, SVGTemplateResult>;

/** The drawings that no first screen has. */
export const stepIcon = (name: keyof typeof paths): TemplateResult => drawn(paths[name]);
