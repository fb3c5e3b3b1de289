import { css } from 'lit';

/**
 * The form in the light DOM. The scope has no weight (`:where`), each rule has that of one class: enough to stand above a
 * page's reset of bare elements, and little enough that any class of the page wins.
 */
export const formStyles = css`
  :where([data-auth-login]) {
    .al-form {
      display: grid;
      gap: 1.125rem;
      margin: 0;
      /* A word that is longer than the line breaks, whatever the size of the text. Japanese breaks between phrases. */
      overflow-wrap: anywhere;
      word-break: auto-phrase;
      text-wrap: pretty;
      animation: al-enter 0.24s cubic-bezier(0.2, 0.7, 0.2, 1);
    }
    .al-form * {
      box-sizing: border-box;
    }
    :is(.al-lead, .al-text, .al-hint, .al-divider, .al-switch, .al-resend, .al-waiting, .al-not-me, .al-reference, .al-error p, .al-notice p, .al-help p) {
      margin: 0;
    }
    .al-head {
      display: grid;
      gap: 0.375rem;
      margin-block-end: 0.375rem;
    }
    .al-title {
      font-size: 1.5em;
      font-weight: 650;
      line-height: 1.25;
      letter-spacing: -0.015em;
      outline: none;
    }
    :is(.al-title, .al-button, .al-text-button) {
      text-wrap: balance;
    }
    /* A label of two lines stays at its sign. */
    .al-icon + span {
      text-align: start;
    }
    :is(.al-lead, .al-switch, .al-waiting) {
      color: var(--_al-muted);
      font-size: 0.9375em;
    }
    :is(.al-hint, .al-resend, .al-not-me, .al-reference) {
      color: var(--_al-muted);
      font-size: 0.8125em;
    }
    .al-field {
      display: grid;
      gap: 0.4375rem;
    }
    .al-label {
      font-size: 0.875em;
      font-weight: 600;
    }
    .al-input {
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
    .al-input[aria-invalid] {
      border-color: var(--_al-danger);
    }
    :is(.al-input, .al-button, .al-text-button, .al-radio, .al-help summary):focus-visible {
      outline: 2px solid var(--_al-ring);
      outline-offset: 2px;
    }
    .al-button {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 0.625rem;
      inline-size: 100%;
      min-block-size: 3rem;
      margin: 0;
      padding: 0.625rem 0.875rem;
      border: 1px solid transparent;
      border-radius: var(--_al-radius);
      font: inherit;
      font-weight: 600;
      font-size: 0.9375em;
      line-height: 1.3;
      text-align: center;
      text-decoration: none;
      cursor: pointer;
      transition: background-color 0.15s, border-color 0.15s, scale 0.1s;
    }
    .al-primary {
      background: var(--_al-accent);
      border-color: color-mix(in oklab, var(--_al-accent) 88%, var(--_al-text));
      color: var(--_al-on-accent);
    }
    .al-second {
      background: transparent;
      border-color: var(--_al-border);
      color: var(--_al-text);
    }
    @media (hover: hover) {
      .al-primary:hover {
        background: color-mix(in oklab, var(--_al-accent) 92%, var(--_al-on-accent));
      }
      .al-second:hover {
        background: var(--_al-tint);
      }
    }
    .al-button:active {
      scale: 0.985;
    }
    .al-button[aria-disabled] {
      cursor: progress;
    }
    .al-text-button {
      display: inline-flex;
      align-items: center;
      /* Room for a thumb without pushing the lines of the text apart. */
      min-block-size: 2.75rem;
      min-inline-size: 2.75rem;
      justify-content: center;
      margin: -0.75rem -0.25rem;
      padding: 0.625rem 0.25rem;
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
    .al-text-button:hover {
      text-decoration-thickness: 2px;
    }
    .al-whole {
      display: inline-block;
      max-inline-size: 100%;
    }
    .al-icon {
      flex: none;
      inline-size: 1.25rem;
      block-size: 1.25rem;
      /* A drawing would keep its own colour on the page's forced one. */
      forced-color-adjust: auto;
    }
    .al-hidden {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @keyframes al-enter {
    from {
      opacity: 0;
      translate: 0 0.375rem;
    }
  }
`;
