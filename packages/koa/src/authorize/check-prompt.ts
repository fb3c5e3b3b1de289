import type { AuthorizationRequest } from '../model/authorization-request.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { readParameter, wordsOf, type Parameters, type Part } from './parameters.ts';

type Prompt = AuthorizationRequest['prompts'][number];
const known: readonly string[] = ['none', 'login', 'consent', 'select_account'] satisfies readonly Prompt[];

/** `none` stands alone, and a value that we do not know is refused (OpenID Connect Core, section 3.1.2.1). */
export function checkPrompt(parameters: Parameters): Part<'prompts'> {
  const words = wordsOf(readParameter(parameters, 'prompt'));
  const prompts = words.filter(isPrompt);
  if (prompts.length < words.length) throw new OAuthError('invalid_request', 'prompt has an unknown value');
  if (prompts.includes('none') && prompts.length > 1) throw new OAuthError('invalid_request', 'prompt none cannot be combined');
  return { prompts };
}

function isPrompt(word: string): word is Prompt {
  return known.includes(word);
}
