import { css } from 'lit';

/** What only later steps need; comes with the first of them. */
export const stepStyles = css`
  :where([data-auth-login]) .al-number {
    display: grid;
    justify-items: center;
    gap: 0.125rem;
    padding: 1rem;
    border-radius: var(--_al-radius);
    background: var(--_al-tint);
    text-align: center;
  }
  :where([data-auth-login]) .al-number-label {
    font-size: 0.8125em;
    font-weight: 600;
  }
  :where([data-auth-login]) .al-number-value {
    font-size: 2.75em;
    font-weight: 650;
    line-height: 1.15;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.08em;
  }
  :where([data-auth-login]) .al-number-hint {
    color: var(--_al-text);
    font-size: 0.8125em;
    text-wrap: balance;
  }
  :where([data-auth-login]) .al-waiting {
    display: flex;
    align-items: center;
    gap: 0.75rem;
  }
  :where([data-auth-login]) .al-countdown {
    font-variant-numeric: tabular-nums;
  }
  :where([data-auth-login]) .al-resend-note {
    display: block;
    padding-block-start: 0.375rem;
  }
  :where([data-auth-login]) .al-help summary {
    min-block-size: 2.75rem;
    align-content: center;
    border-radius: 0.375rem;
    font-size: 0.875em;
    font-weight: 600;
    cursor: pointer;
  }
  :where([data-auth-login]) .al-help {
    margin-block: -0.625rem;
  }
  :where([data-auth-login]) .al-help p {
    padding-block-end: 0.75rem;
    color: var(--_al-muted);
    font-size: 0.875em;
  }
  :where([data-auth-login]) .al-choices {
    display: grid;
    gap: 0.625rem;
  }
  :where([data-auth-login]) .al-choice {
    display: flex;
    align-items: center;
    gap: 0.875rem;
    padding: 0.75rem 1rem;
    border: 1px solid var(--_al-border);
    border-radius: var(--_al-radius);
    cursor: pointer;
    transition: background-color 0.15s, border-color 0.15s;
  }
  :where([data-auth-login]) .al-choice:has(:checked) {
    border-color: var(--_al-ring);
    background: var(--_al-tint);
    box-shadow: inset 0 0 0 1px var(--_al-ring);
  }
  :where([data-auth-login]) .al-choice .al-icon {
    color: var(--_al-ring);
  }
  :where([data-auth-login]) .al-radio {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_al-accent);
  }
  :where([data-auth-login]) .al-choice-text {
    display: grid;
  }
  :where([data-auth-login]) .al-choice-name {
    font-weight: 600;
    font-size: 0.9375em;
  }
  :where([data-auth-login]) .al-choice-hint {
    color: var(--_al-muted);
    font-size: 0.8125em;
  }
  :where([data-auth-login]) .al-choice:has(:checked) .al-choice-hint {
    color: var(--_al-text);
  }
  :where([data-auth-login]) .al-text {
    font-size: 0.9375em;
  }
  :where([data-auth-login]) .al-list {
    display: grid;
    gap: 0.75rem;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 0.9375em;
  }
  :where([data-auth-login]) .al-list li {
    display: flex;
    gap: 0.75rem;
    margin: 0;
    overflow-wrap: anywhere;
  }
  :where([data-auth-login]) .al-list .al-icon {
    margin-block-start: 0.125rem;
    color: var(--_al-good);
  }
  :where([data-auth-login]) .al-emblem {
    display: grid;
    place-items: center;
    inline-size: 4rem;
    block-size: 4rem;
    border-radius: 50%;
    background: var(--_al-tint);
    color: var(--_al-ring);
  }
  :where([data-auth-login]) .al-emblem .al-icon {
    inline-size: 2rem;
    block-size: 2rem;
  }
  :where([data-auth-login]) .al-good {
    background: color-mix(in oklab, var(--_al-good) 12%, var(--_al-surface));
    color: var(--_al-good);
  }
  :where([data-auth-login]) .al-done {
    justify-items: center;
    padding-block: 1rem;
    text-align: center;
  }
  :where([data-auth-login]) .al-is-asking,
  :where([data-auth-login]) .al-pulse {
    animation: al-breathe 1.6s ease-in-out infinite;
  }
  :where([data-auth-login]) .al-pulse {
    flex: none;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border-radius: 50%;
    background: var(--_al-ring);
  }
  @media (forced-colors: active) {
    :where([data-auth-login]) .al-choice:has(:checked) {
      outline: 2px solid Highlight;
    }
    :where([data-auth-login]) :is(.al-number, .al-notice, .al-emblem) {
      border: 1px solid CanvasText;
    }
  }
`;
