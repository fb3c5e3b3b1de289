import { css } from 'lit';

/** The rest of what the first screen needs: dividers, notices, waiting, and less of it all for who wants less motion. */
export const statusStyles = css`
  :where([data-auth-login]) {
    .al-divider {
      display: flex;
      align-items: center;
      gap: 0.875rem;
      color: var(--_al-muted);
      font-size: 0.8125em;
    }
    .al-divider::before,
    .al-divider::after {
      content: '';
      flex: 1;
      border-block-start: 1px solid var(--_al-line);
    }
    :is(.al-person, .al-ways, .al-foot) {
      display: grid;
      gap: 0.875rem;
    }
    .al-foot {
      margin-block-start: 0.25rem;
    }
    :is(.al-switch, .al-not-me) {
      text-align: center;
    }
    .al-badge {
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
    .al-error {
      color: var(--_al-danger);
      font-size: 0.875em;
      font-weight: 500;
    }
    .al-notice {
      display: flex;
      gap: 0.75rem;
      padding: 0.75rem 0.875rem;
      border: 1px solid color-mix(in oklab, var(--_al-danger) 35%, var(--_al-surface));
      border-radius: var(--_al-radius);
      background: color-mix(in oklab, var(--_al-danger) 6%, var(--_al-surface));
      font-size: 0.875em;
    }
    .al-notice .al-icon {
      color: var(--_al-danger);
    }
    .al-calm {
      border-color: var(--_al-line);
      background: var(--_al-tint);
    }
    .al-calm .al-icon {
      color: var(--_al-ring);
    }
    .al-bone {
      block-size: 3rem;
      border-radius: var(--_al-radius);
      background: var(--_al-line);
      animation: al-breathe 1.6s ease-in-out 0.3s infinite;
    }
    .al-bone-title {
      block-size: 2rem;
      inline-size: 65%;
    }
    .al-spinner {
      flex: none;
      inline-size: 1.125rem;
      block-size: 1.125rem;
      border: 2px solid currentColor;
      border-block-start-color: transparent;
      border-radius: 50%;
      animation: al-turn 0.8s linear infinite;
    }
    @media (prefers-reduced-motion: reduce) {
      :is(.al-form, .al-bone, .al-is-asking, .al-pulse, .al-button) {
        animation: none;
        transition: none;
      }
      .al-button:active {
        scale: none;
      }
      .al-spinner {
        animation-duration: 4s;
      }
    }
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
`;
