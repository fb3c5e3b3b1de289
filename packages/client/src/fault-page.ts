import type { SignInErrorCode } from './sign-in-error.ts';

const sentences = {
  attempt_unknown: 'This sign-in was already used, or is too old, or was begun in another browser.',
  sign_in_refused: 'You were not signed in.',
  answer_invalid: 'The answer of the sign-in service could not be trusted.',
  issuer_unreachable: 'The sign-in service cannot be reached right now. Try again in a moment.',
  issuer_refuses_client: 'This app is not set up for its sign-in service. Its operators can see why.',
  session_too_large: 'This app is not set up for its sign-in service. Its operators can see why.',
} as const satisfies Record<SignInErrorCode, string>;

/** A page without script and style: it shows in every browser, under the strictest policy. */
export function faultPage(code: SignInErrorCode, tryAgainPath: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Not signed in</title>
<main>
<h1>Not signed in</h1>
<p>${sentences[code]}</p>
<p><a href="${escapeAttribute(tryAgainPath)}">Try again</a></p>
</main>
</html>
`;
}

const escapeAttribute = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
