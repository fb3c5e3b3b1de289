import { css } from 'lit';

/** The picture and key for an authenticator app, and codes to keep. */
export const secondFactorStyles = css`
  :where([data-auth-login]) {
    .al-qr {
      justify-self: center;
      inline-size: min(100%, 12.5rem);
      border-radius: var(--_al-radius);
      background: #fff;
      forced-color-adjust: none;
    }
    .al-qr path {
      fill: none;
      stroke: #000;
    }
    .al-key {
      display: grid;
      gap: 0.375rem;
      justify-items: center;
      text-align: center;
    }
    .al-key-text {
      font-size: 0.9375em;
      text-wrap: balance;
      user-select: all;
    }
    .al-key-link {
      display: inline-grid;
      min-block-size: 2.75rem;
      align-content: center;
      border-radius: 0.375rem;
      color: var(--_al-ring);
      font-size: 0.875em;
      font-weight: 600;
    }
    .al-key .al-qr {
      margin-block-end: 0.75rem;
    }
    /* On a phone the app is on the same device: no camera sees the picture. */
    @media (pointer: coarse) {
      .al-key-link {
        order: -1;
      }
    }
    .al-key-link:focus-visible {
      outline: 2px solid var(--_al-ring);
      outline-offset: 2px;
    }
    .al-codes {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(12.5rem, 100%), 1fr));
      gap: 0.5rem 1rem;
      margin: 0;
      padding: 1rem;
      border-radius: var(--_al-radius);
      background: var(--_al-tint);
      list-style: none;
      text-align: center;
    }
    .al-codes li {
      margin: 0;
    }
    :is(.al-codes code, .al-key-text, .al-recovery) {
      font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, monospace;
      font-variant-numeric: tabular-nums;
    }
    .al-keep {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
    }
    .al-keep .al-button {
      flex: 1 1 6.5rem;
      inline-size: auto;
      /* A word that does not fit goes to the next line with its button. */
      overflow-wrap: normal;
    }
    /* Out of the flow, not out of the tree: a region that is not there before its text is not heard. */
    .al-said:empty {
      position: absolute;
    }
  }
`;
