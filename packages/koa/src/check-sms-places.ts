import type { LoginPreferences } from './model/login-preferences.ts';
import { isPhoneCountry } from './users/canonical-phone.ts';

/**
 * Where SMS are on, somebody sends them, and it is said to which countries: the bill is the host's, and an open door for
 * toll fraud should be one that was opened. @throws {Error} that names what is missing.
 */
export function checkSmsPlaces(appId: string, { methods }: LoginPreferences, hasSmsSender: boolean): void {
  const { isOn, countries, defaultCountry } = methods['sms-code'];
  if (!isOn) return;
  const refuse = (what: string): never => {
    throw new Error(`createAuth: app "${appId}" has smsCode() on, but ${what}`);
  };
  if (!hasSmsSender) refuse('there is no smsSender: give twilio(), smsWebhook(), devInbox() or your own');
  if (countries.length === 0) refuse("no countries: say where its numbers may be, such as smsCode({ countries: ['DE'] }), or 'all'");
  const named = countries === 'all' ? [] : countries;
  const unknown = [...named, ...(defaultCountry === '' ? [] : [defaultCountry])].find((country) => !isPhoneCountry(country));
  if (unknown !== undefined) refuse(`"${unknown}" is no country with telephone numbers (ISO 3166-1, two capital letters)`);
  if (defaultCountry !== '' && countries !== 'all' && !countries.includes(defaultCountry)) refuse(`its defaultCountry "${defaultCountry}" is not one of its countries`);
}
