import type { FlowActions, RememberDays } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../steps/view-context.ts';
import { read } from './step-form.ts';

/** The wish not to be asked again at this device, where the app allows it. Never ticked beforehand. */
export function rememberDevice(days: RememberDays | undefined, { copy }: ViewContext): TemplateResult | typeof nothing {
  if (days === undefined) return nothing;
  return html`<label class="al-check"><input class="al-radio" type="checkbox" name="remember_device" /><span>${copy.rememberDevice(days)}</span></label>`;
}

/** The wish as the action takes it. */
export const deviceWish = (form: HTMLFormElement): Pick<FlowActions['submit-answer'], 'remember_device'> =>
  read(form, 'remember_device') === '' ? {} : { remember_device: true };
