import { OAuthError } from '../model/oauth-error.ts';
import { readParameter, wordsOf, type Parameters, type Part } from './parameters.ts';

const longestLoginHint = 320;
const longestIdTokenHint = 8_192;
const mostLocales = 10;
/** The shape of a BCP 47 tag; whether we speak it is decided where texts are chosen. */
const languageTag = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,5}$/u;

/** What only makes a sign-in kinder: a name, a language, who it was last time (OpenID Connect Core, section 3.1.2.1). */
export function checkHints(parameters: Parameters): Part<'loginHint' | 'idTokenHint' | 'uiLocales' | 'wantsNewUser'> {
  const loginHint = readHint(parameters, 'login_hint', longestLoginHint);
  const idTokenHint = readHint(parameters, 'id_token_hint', longestIdTokenHint);
  const uiLocales = wordsOf(readParameter(parameters, 'ui_locales')).filter((tag) => languageTag.test(tag)).slice(0, mostLocales);
  const createNewUser = readParameter(parameters, 'create_new_user');
  return {
    ...(loginHint === undefined ? {} : { loginHint }),
    ...(idTokenHint === undefined ? {} : { idTokenHint }),
    uiLocales,
    wantsNewUser: createNewUser === 'true' || createNewUser === '1',
  };
}

function readHint(parameters: Parameters, name: string, longest: number): string | undefined {
  const hint = readParameter(parameters, name);
  if (hint !== undefined && hint.length > longest) throw new OAuthError('invalid_request', `${name} must be at most ${longest} characters`);
  return hint;
}
