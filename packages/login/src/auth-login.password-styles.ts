import { css } from 'lit';

/** The field with its button, and the rules below it. */
export const passwordStyles = css`
  :where([data-auth-login]) {
    .al-secret {
      display: flex;
      border: 1px solid var(--_al-border);
      border-radius: var(--_al-radius);
      background: var(--_al-field);
      transition: border-color 0.15s;
    }
    /* The frame around both is the field: the button takes none of the room where managers put their own sign. */
    .al-secret .al-input {
      flex: 1;
      min-inline-size: 0;
      min-block-size: calc(3rem - 2px);
      border: 0;
      background: none;
    }
    .al-secret .al-input:focus-visible {
      outline: none;
    }
    .al-secret:has(.al-input:focus-visible) {
      outline: 2px solid var(--_al-ring);
      outline-offset: 2px;
    }
    .al-secret:has([aria-invalid]) {
      border-color: var(--_al-danger);
    }
    .al-reveal {
      display: grid;
      flex: none;
      place-items: center;
      inline-size: 2.875rem;
      min-block-size: 2.75rem;
      margin: 0;
      padding: 0;
      border: 0;
      border-radius: var(--_al-radius);
      background: none;
      color: var(--_al-muted);
      cursor: pointer;
    }
    .al-reveal:is(:hover, [aria-pressed='true']) {
      color: var(--_al-text);
    }
    .al-reveal:focus-visible {
      outline: 2px solid var(--_al-ring);
      outline-offset: -3px;
    }
    .al-reveal:not([aria-pressed='true']) .al-stroke {
      display: none;
    }
    .al-caps {
      font-size: 0.8125em;
      font-weight: 500;
    }
    /* Out of the flow, not out of the tree: a region that is not there before its text is not heard. */
    .al-caps:not(:has(:not([hidden]))) {
      position: absolute;
    }
    .al-rules {
      display: grid;
      gap: 0.375rem;
      margin: 0.125rem 0 0;
      padding: 0;
      list-style: none;
    }
    .al-rules li {
      display: flex;
      gap: 0.5rem;
      margin: 0;
    }
    .al-rules .al-icon {
      inline-size: 1rem;
      block-size: 1rem;
      margin-block-start: 0.125rem;
    }
    .al-rules [data-state='met'] .al-icon {
      color: var(--_al-good);
    }
    .al-rules [data-state='met'] {
      color: var(--_al-text);
    }
    /* Only the server can tell: a point of a list, not a box that waits for its tick. */
    .al-rules [data-state='unknown'] .al-icon {
      fill: currentColor;
      scale: 0.4;
    }
    .al-rules [data-state='broken'] {
      color: var(--_al-danger);
    }
  }
`;
