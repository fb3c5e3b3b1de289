import type { QrCode } from '@portico/contract';
import { html, svg, type TemplateResult } from 'lit';

/** A QR code as the server drew it: dark on light in every theme, for that is what cameras look for. */
export const qrCode = ({ size, path }: QrCode, label: string): TemplateResult => html`
  <svg class="al-qr" viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${label} shape-rendering="crispEdges">
    ${svg`<path d=${path} />`}
  </svg>
`;
