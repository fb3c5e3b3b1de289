import type { CharacterKind, ErrorCode, PasswordRulesView } from '@portico/contract';
import { html, type TemplateResult } from 'lit';
import type { Copy } from '../copy/copy.ts';
import type { Fault } from '../flow/outcome.ts';
import type { ViewContext } from '../steps/view-context.ts';
import { icon } from './icons.ts';
import { stepIcon } from './step-icons.ts';

/** `open`: not yet; `broken`: too much, or refused by the server; `unknown`: only the server can tell. */
type RuleState = 'met' | 'open' | 'broken' | 'unknown';

/** One line of the list. */
interface Rule {
  readonly code: ErrorCode;
  readonly text: string;
  readonly state: RuleState;
}

/** What the contract says each kind is. */
const kinds: Readonly<Record<CharacterKind, { readonly code: ErrorCode; readonly pattern: RegExp; readonly generator: string }>> = {
  lowercase: { code: 'password_lacks_lowercase', pattern: /\p{Ll}/u, generator: 'lower' },
  uppercase: { code: 'password_lacks_uppercase', pattern: /\p{Lu}/u, generator: 'upper' },
  digit: { code: 'password_lacks_digit', pattern: /\p{Nd}/u, generator: 'digit' },
  symbol: { code: 'password_lacks_symbol', pattern: /[^\p{L}\p{M}\p{N}]/u, generator: 'special' },
};

/** As the server counts: code points after NFC. */
export const lengthOf = (password: string): number => [...password.normalize('NFC')].length;

/** The state of each rule for what is typed so far, in the order in which they are shown. */
export function judge(typed: string, rules: PasswordRulesView, { copy, fault }: { readonly copy: Copy; readonly fault: Fault | undefined }): readonly Rule[] {
  const refused = new Set<string | undefined>(fault?.errors?.map(({ code }) => code) ?? [fault?.code]);
  const password = typed.normalize('NFC');
  const length = lengthOf(password);
  const live = (code: ErrorCode, text: string, isMet: boolean): Rule => ({ code, text, state: isMet ? 'met' : refused.has(code) ? 'broken' : 'open' });
  const isGuessed = refused.has('password_breached') || refused.has('password_guessable') || refused.has('password_personal');
  return [
    live('password_too_short', copy.atLeastCharacters(rules.min_length), length >= rules.min_length),
    // Nobody needs to know of the other end before they are there.
    ...(length > rules.max_length ? [{ code: 'password_too_long', text: copy.atMostCharacters(rules.max_length), state: 'broken' } as const] : []),
    ...rules.required_kinds.map((kind) => live(kinds[kind].code, copy.passwordKinds[kind], kinds[kind].pattern.test(password))),
    ...(rules.refuses_guessable ? [{ code: 'password_guessable', text: copy.hardToGuess, state: isGuessed ? 'broken' : 'unknown' } as const] : []),
    ...(rules.refuses_last === undefined ? [] : [{ code: 'password_used_before', text: copy.notUsedBefore(rules.refuses_last), state: refused.has('password_used_before') ? 'broken' : 'unknown' } as const]),
  ];
}

/** The list, there before anything is typed. States are shapes and words, not colours alone. */
export const rulesList = (rules: readonly Rule[], { copy }: ViewContext): TemplateResult => html`
  <ul class="al-rules">
    ${rules.map(
      ({ code, text, state }) => html`
        <li data-rule=${code} data-state=${state}>
          ${state === 'met' ? icon('check') : stepIcon(state === 'broken' ? 'cross' : 'circle')}
          <span>${text}<span class="al-hidden">${copy.ruleStates[state]}</span></span>
        </li>
      `,
    )}
  </ul>
`;

/** What a screen reader is told once somebody pauses: what is still missing, or that nothing is. */
export function summaryOf(rules: readonly Rule[], copy: Copy): string {
  const missing = rules.filter(({ state }) => state === 'open' || state === 'broken').map(({ text }) => text);
  if (missing.length === 0) return copy.rulesMet;
  return copy.rulesMissing(new Intl.ListFormat(copy.language, { type: 'unit' }).format(missing));
}

/** For password generators, in the notation of the `passwordrules` attribute. */
export function generatorRules({ min_length, max_length, required_kinds }: PasswordRulesView): string {
  const required = required_kinds.map((kind) => `required: ${kinds[kind].generator}`);
  return [`minlength: ${min_length}`, `maxlength: ${max_length}`, ...required, 'allowed: ascii-printable'].map((rule) => `${rule};`).join(' ');
}
