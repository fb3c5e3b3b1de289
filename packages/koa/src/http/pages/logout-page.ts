import { cardPage } from './card-page.ts';
import { html, type Html } from '../../markup/html.ts';
import { logoutTexts } from './texts/logout-texts.ts';

export interface LogoutScreen {
  readonly languages: readonly string[];
  readonly base: string;
}

/** Asks; `fields` are what the client sent, to be sent again with the yes. */
export function confirmLogoutPage({ languages, base }: LogoutScreen, fields: readonly (readonly [string, string])[]): Html {
  const { texts, language } = logoutTexts(languages);
  return cardPage({ language, title: texts.askTitle, base }, html`<p>${texts.askText}</p>
<form method="post" action="${base}/logout">
${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button>${texts.yes}</button>
</form>`);
}

export function loggedOutPage({ languages, base }: LogoutScreen): Html {
  const { texts, language } = logoutTexts(languages);
  return cardPage({ language, title: texts.doneTitle, base }, html`<p>${texts.doneText}</p>`);
}
