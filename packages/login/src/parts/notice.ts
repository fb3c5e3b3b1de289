import { html, nothing, type TemplateResult } from 'lit';
import { isolate, type FirstCopy } from '../copy/copy.ts';
import type { Fault } from '../flow/outcome.ts';
import type { FirstContext } from '../steps/view-context.ts';
import { textButton } from './button.ts';
import { icon } from './icons.ts';

/** Reasons that are the person's own choice: said calmly, not as an error. */
const calm: readonly string[] = ['passkey_cancelled', 'passkey_timeout', 'passkey_expired', 'flow_expired', 'flow_unknown', 'flow_finished', 'access_declined', 'provider_cancelled'];
/** Reasons that pass by themselves or with another try. */
const repeatable: readonly string[] = ['network', 'timeout', 'offline', 'temporarily_unavailable', 'internal', 'answer_unreadable'];

/** The texts of a fault, each said once: of what was refused in its fields, or else of its code. */
export function faultTexts(copy: FirstCopy, { code, errors = [] }: Fault): readonly string[] {
  const texts = new Set(errors.map((error) => copy.errors[error.code]).filter((text) => text !== undefined));
  return texts.size > 0 ? [...texts] : [copy.errors[code] ?? copy.errors.internal];
}

/** The same in one breath. */
export const faultText = (copy: FirstCopy, fault: Fault): string => faultTexts(copy, fault).join(' ');

/** What did not work, above the form. The live regions announce it; this is for the eye. */
export function faultNotice({ fault, copy, retry }: FirstContext): TemplateResult | typeof nothing {
  if (fault === undefined) return nothing;
  const isCalm = calm.includes(fault.code);
  return html`
    <div class=${isCalm ? 'al-notice al-calm' : 'al-notice'} data-fault=${fault.code}>
      ${icon('alert')}
      <div>
        <p>${faultText(copy, fault)}</p>
        ${reference(copy, fault)}
        ${repeatable.includes(fault.code) ? textButton(copy.tryAgain, retry, { name: 'retry' }) : nothing}
      </div>
    </div>
  `;
}

/** The id that support finds in the log. Only where the fault is not the person's to mend. */
function reference(copy: FirstCopy, fault: Fault): TemplateResult | typeof nothing {
  return fault.requestId === undefined ? nothing : html`<p class="al-reference">${copy.requestId(isolate(fault.requestId))}</p>`;
}

/** Something good or neutral to know. */
export const notice = (text: string): TemplateResult => html`
  <div class="al-notice al-calm">${icon('check')}<p>${text}</p></div>
`;
