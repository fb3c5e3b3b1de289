import { css } from 'lit';
import { passwordStyles } from './auth-login.password-styles.ts';
import { secondFactorStyles } from './auth-login.second-factor-styles.ts';

const sharedStyles = css`
  :where([data-auth-login]) {
    .al-code {
      font-size: 1.5em;
      font-variant-numeric: tabular-nums;
      font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, monospace;
      letter-spacing: 0.35em;
      text-align: center;
      padding-inline-start: calc(0.875rem + 0.35em);
    }
    .al-number {
      display: grid;
      justify-items: center;
      gap: 0.125rem;
      padding: 1rem;
      border-radius: var(--_al-radius);
      background: var(--_al-tint);
      text-align: center;
    }
    .al-number-label {
      font-size: 0.8125em;
      font-weight: 600;
    }
    .al-number-value {
      font-size: 2.75em;
      font-weight: 650;
      line-height: 1.15;
      font-variant-numeric: tabular-nums;
      letter-spacing: 0.08em;
    }
    .al-number-hint {
      color: var(--_al-text);
      font-size: 0.8125em;
      text-wrap: balance;
    }
    .al-waiting {
      display: flex;
      align-items: center;
      gap: 0.75rem;
    }
    .al-countdown {
      font-variant-numeric: tabular-nums;
    }
    .al-resend-note {
      display: block;
      padding-block-start: 0.375rem;
    }
    .al-help summary {
      min-block-size: 2.75rem;
      align-content: center;
      border-radius: 0.375rem;
      font-size: 0.875em;
      font-weight: 600;
      cursor: pointer;
    }
    .al-help {
      margin-block: -0.625rem;
    }
    .al-help p {
      padding-block-end: 0.75rem;
      color: var(--_al-muted);
      font-size: 0.875em;
    }
    .al-way:dir(rtl) {
      scale: -1 1;
      transform-origin: center;
    }
    .al-choices {
      display: grid;
      gap: 0.625rem;
    }
    .al-choice {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.875rem;
      padding: 0.75rem 1rem;
      border: 1px solid var(--_al-border);
      border-radius: var(--_al-radius);
      cursor: pointer;
      transition: background-color 0.15s, border-color 0.15s;
    }
    .al-choice:has(:checked) {
      border-color: var(--_al-ring);
      background: var(--_al-tint);
      box-shadow: inset 0 0 0 1px var(--_al-ring);
    }
    .al-choice .al-icon {
      color: var(--_al-ring);
    }
    .al-radio {
      flex: none;
      inline-size: 1.25rem;
      block-size: 1.25rem;
      margin: 0;
      accent-color: var(--_al-accent);
    }
    .al-check {
      display: flex;
      align-items: center;
      gap: 0.625rem;
      min-block-size: 1.5rem;
      font-size: 0.9375em;
      cursor: pointer;
    }
    .al-choice-text {
      display: grid;
      /* Below its sign where the text is too large to stand beside it. */
      flex: 1 1 min(8rem, 100%);
      grid-template-columns: minmax(0, 1fr);
      min-inline-size: 0;
      hyphens: auto;
    }
    .al-choice-name {
      font-weight: 600;
      font-size: 0.9375em;
    }
    .al-choice-hint {
      color: var(--_al-muted);
      font-weight: 400;
      font-size: 0.8125em;
    }
    .al-choice:has(:checked) .al-choice-hint {
      color: var(--_al-text);
    }
    .al-text {
      font-size: 0.9375em;
    }
    .al-list {
      display: grid;
      gap: 0.75rem;
      margin: 0;
      padding: 0;
      list-style: none;
      font-size: 0.9375em;
    }
    .al-list li {
      display: flex;
      gap: 0.75rem;
      margin: 0;
    }
    .al-list .al-icon {
      margin-block-start: 0.125rem;
      color: var(--_al-good);
    }
    .al-emblem {
      display: grid;
      place-items: center;
      inline-size: 4rem;
      block-size: 4rem;
      border-radius: 50%;
      background: var(--_al-tint);
      color: var(--_al-ring);
    }
    .al-emblem .al-icon {
      inline-size: 2rem;
      block-size: 2rem;
    }
    .al-good {
      background: color-mix(in oklab, var(--_al-good) 12%, var(--_al-surface));
      color: var(--_al-good);
    }
    .al-done {
      justify-items: center;
      padding-block: 1rem;
      text-align: center;
    }
    .al-is-asking,
    .al-pulse {
      animation: al-breathe 1.6s ease-in-out infinite;
    }
    .al-pulse {
      flex: none;
      inline-size: 0.625rem;
      block-size: 0.625rem;
      border-radius: 50%;
      background: var(--_al-ring);
    }
    @media (forced-colors: active) {
      .al-choice:has(:checked) {
        outline: 2px solid Highlight;
      }
      :is(.al-number, .al-notice, .al-emblem) {
        border: 1px solid CanvasText;
      }
    }
  }
`;

/** What only later steps need; comes with the first of them. */
export const stepStyles: string = sharedStyles.cssText + passwordStyles.cssText + secondFactorStyles.cssText;
