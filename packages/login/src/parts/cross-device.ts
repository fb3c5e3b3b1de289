import { html, nothing, type TemplateResult } from 'lit';
import type { FirstContext } from '../steps/view-context.ts';
import { textButton } from './button.ts';

/** Shows a code for another device to scan; a new one, if there was one before. */
export const askAnotherDevice = (context: FirstContext): void => context.act('choose-method', { method: 'passkey', cross_device: true });

/** The way to a passkey that another device has, where the step offers it. */
export const crossDeviceWay = ({ cross_device: isOffered }: { readonly cross_device?: true }, context: FirstContext): TemplateResult | typeof nothing =>
  isOffered === true ? html`<p class="al-not-me">${textButton(context.copy.crossDevice, () => askAnotherDevice(context), { name: 'cross-device' })}</p>` : nothing;
