import type { App } from '../../model/app.ts';

/**
 * What an authenticator calls the passkey of somebody who gave neither address nor name: the app and a moment, so that
 * two of one person can be told apart. It is never stored as their name.
 */
export function passkeyLabel({ name }: Pick<App, 'name'>, moment: Date): string {
  return `${name} · ${moment.toISOString().slice(0, 16).replace('T', ' ')}`;
}
