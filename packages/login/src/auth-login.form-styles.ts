import { css } from 'lit';

/**
 * The form in the light DOM. The scope has no weight (`:where`), each rule has that of one class: enough to stand above a
 * page's reset of bare elements, and little enough that any class of the page wins.
 */
export const formStyles = css`
  :where([data-auth-login]) .al-form {
    display: grid;
    gap: 1.125rem;
    margin: 0;
    animation: al-enter 0.24s cubic-bezier(0.2, 0.7, 0.2, 1);
  }
  @keyframes al-enter {
    from {
      opacity: 0;
      translate: 0 0.375rem;
    }
  }
  :where([data-auth-login]) .al-form * {
    box-sizing: border-box;
  }
  :where([data-auth-login]) :is(.al-lead, .al-text, .al-hint, .al-divider, .al-switch, .al-resend, .al-waiting, .al-not-me, .al-reference, .al-error p, .al-notice p, .al-help p) {
    margin: 0;
  }
  :where([data-auth-login]) .al-head {
    display: grid;
    gap: 0.375rem;
    margin-block-end: 0.375rem;
  }
  :where([data-auth-login]) .al-title {
    font-size: 1.5em;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.015em;
    text-wrap: balance;
    overflow-wrap: anywhere;
    outline: none;
  }
  :where([data-auth-login]) :is(.al-lead, .al-switch, .al-waiting) {
    color: var(--_al-muted);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  :where([data-auth-login]) :is(.al-hint, .al-resend, .al-not-me, .al-reference) {
    color: var(--_al-muted);
    font-size: 0.8125em;
  }
  :where([data-auth-login]) .al-field {
    display: grid;
    gap: 0.4375rem;
  }
  :where([data-auth-login]) .al-label {
    font-size: 0.875em;
    font-weight: 600;
  }
  :where([data-auth-login]) .al-input {
    inline-size: 100%;
    min-block-size: 3rem;
    margin: 0;
    padding: 0.625rem 0.875rem;
    border: 1px solid var(--_al-border);
    border-radius: var(--_al-radius);
    background: var(--_al-field);
    color: inherit;
    /* 16 px or more, so that a phone does not zoom into the field. */
    font: inherit;
    font-size: max(1em, 16px);
    transition: border-color 0.15s;
  }
  :where([data-auth-login]) .al-input[aria-invalid] {
    border-color: var(--_al-danger);
  }
  :where([data-auth-login]) .al-code {
    font-size: 1.5em;
    font-variant-numeric: tabular-nums;
    font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, monospace;
    letter-spacing: 0.35em;
    text-align: center;
    padding-inline-start: calc(0.875rem + 0.35em);
  }
  :where([data-auth-login]) :is(.al-input, .al-button, .al-text-button, .al-radio, .al-help summary):focus-visible {
    outline: 2px solid var(--_al-ring);
    outline-offset: 2px;
  }
  :where([data-auth-login]) .al-title:focus-visible {
    outline: none;
  }
  :where([data-auth-login]) .al-button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.625rem;
    inline-size: 100%;
    min-block-size: 3rem;
    margin: 0;
    padding: 0.625rem 1.125rem;
    border: 1px solid transparent;
    border-radius: var(--_al-radius);
    font: inherit;
    font-weight: 600;
    font-size: 0.9375em;
    line-height: 1.3;
    text-align: center;
    text-decoration: none;
    overflow-wrap: anywhere;
    cursor: pointer;
    transition: background-color 0.15s, border-color 0.15s, scale 0.1s;
  }
  :where([data-auth-login]) .al-primary {
    background: var(--_al-accent);
    border-color: color-mix(in oklab, var(--_al-accent) 88%, var(--_al-text));
    color: var(--_al-on-accent);
  }
  :where([data-auth-login]) .al-second {
    background: transparent;
    border-color: var(--_al-border);
    color: var(--_al-text);
  }
  @media (hover: hover) {
    :where([data-auth-login]) .al-primary:hover {
      background: color-mix(in oklab, var(--_al-accent) 92%, var(--_al-on-accent));
    }
    :where([data-auth-login]) .al-second:hover {
      background: var(--_al-tint);
    }
  }
  :where([data-auth-login]) .al-button:active {
    scale: 0.985;
  }
  :where([data-auth-login]) .al-button[aria-disabled] {
    cursor: progress;
  }
  :where([data-auth-login]) .al-text-button {
    display: inline-flex;
    align-items: center;
    /* Room for a thumb without pushing the lines of the text apart. */
    min-block-size: 2.75rem;
    min-inline-size: 2.75rem;
    justify-content: center;
    margin: -0.75rem -0.25rem;
    padding: 0 0.25rem;
    border: 0;
    border-radius: 0.375rem;
    background: none;
    color: var(--_al-ring);
    font: inherit;
    font-weight: 600;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }
  :where([data-auth-login]) .al-text-button:hover {
    text-decoration-thickness: 2px;
  }
  :where([data-auth-login]) .al-icon {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
  }
  :where([data-auth-login]) .al-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  :where([data-auth-login]) .al-divider {
    display: flex;
    align-items: center;
    gap: 0.875rem;
    color: var(--_al-muted);
    font-size: 0.8125em;
  }
  :where([data-auth-login]) .al-divider::before,
  :where([data-auth-login]) .al-divider::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--_al-line);
  }
  :where([data-auth-login]) :is(.al-person, .al-ways, .al-foot) {
    display: grid;
    gap: 0.875rem;
  }
  :where([data-auth-login]) .al-foot {
    margin-block-start: 0.25rem;
  }
  :where([data-auth-login]) :is(.al-switch, .al-not-me) {
    text-align: center;
  }
  :where([data-auth-login]) .al-badge {
    display: inline-block;
    margin-inline-start: 0.25rem;
    padding: 0.0625rem 0.5rem;
    border-radius: 99rem;
    background: var(--_al-tint);
    border: 1px solid var(--_al-line);
    color: var(--_al-text);
    font-size: 0.75rem;
    font-weight: 500;
  }
  :where([data-auth-login]) .al-error {
    color: var(--_al-danger);
    font-size: 0.875em;
    font-weight: 500;
  }
  :where([data-auth-login]) .al-notice {
    display: flex;
    gap: 0.75rem;
    padding: 0.75rem 0.875rem;
    border: 1px solid color-mix(in oklab, var(--_al-danger) 35%, var(--_al-surface));
    border-radius: var(--_al-radius);
    background: color-mix(in oklab, var(--_al-danger) 6%, var(--_al-surface));
    font-size: 0.875em;
  }
  :where([data-auth-login]) .al-notice .al-icon {
    color: var(--_al-danger);
  }
  :where([data-auth-login]) .al-calm {
    border-color: var(--_al-line);
    background: var(--_al-tint);
  }
  :where([data-auth-login]) .al-calm .al-icon {
    color: var(--_al-ring);
  }
  :where([data-auth-login]) .al-bone {
    block-size: 3rem;
    border-radius: var(--_al-radius);
    background: var(--_al-line);
    animation: al-breathe 1.6s ease-in-out 0.3s infinite;
  }
  :where([data-auth-login]) .al-bone-title {
    block-size: 2rem;
    inline-size: 65%;
  }
  :where([data-auth-login]) .al-spinner {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    border: 2px solid currentColor;
    border-block-start-color: transparent;
    border-radius: 50%;
    animation: al-turn 0.8s linear infinite;
  }
  @keyframes al-breathe {
    50% {
      opacity: 0.45;
    }
  }
  @keyframes al-turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :where([data-auth-login]) :is(.al-form, .al-bone, .al-is-asking, .al-pulse, .al-button) {
      animation: none;
      transition: none;
    }
    :where([data-auth-login]) .al-button:active {
      scale: none;
    }
    :where([data-auth-login]) .al-spinner {
      animation-duration: 4s;
    }
  }
`;
