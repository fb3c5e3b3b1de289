import { css } from 'lit';

/**
 * The frame: layout, theme and the parts around the form. Colours are handed to the form below as inherited custom
 * properties; `light-dark()` follows the page's `color-scheme`, so there is neither a script nor a flash.
 */
export const frameStyles = css`
  :host {
    --_al-accent: var(--auth-login-accent, var(--_al-brand, light-dark(#2f55d4, #a3b8ff)));
    --_al-on-accent: var(--auth-login-on-accent, light-dark(#fff, #0d1633));
    --_al-surface: var(--auth-login-surface, light-dark(#fff, #181b22));
    --_al-field: var(--auth-login-field, light-dark(#fff, #111319));
    --_al-text: var(--auth-login-text, light-dark(#171a21, #f2f3f6));
    --_al-muted: var(--auth-login-muted, light-dark(#5a6272, #a9b0be));
    --_al-border: var(--auth-login-border, light-dark(#8a92a3, #69717f));
    --_al-line: var(--auth-login-line, light-dark(#e4e7ed, #2c313b));
    --_al-danger: var(--auth-login-danger, light-dark(#b3261e, #ffb4ab));
    --_al-good: var(--auth-login-good, light-dark(#1b6b3a, #8fdcaa));
    --_al-radius: var(--auth-login-radius, 0.75rem);
    --_al-ring: color-mix(in oklab, var(--_al-accent) 75%, var(--_al-text));
    --_al-tint: color-mix(in oklab, var(--_al-accent) 9%, var(--_al-surface));
    display: block;
    container-type: inline-size;
    /* As wide as it likes to be where a dialog or a centring grid asks its content; whatever is narrower makes it so. */
    contain-intrinsic-inline-size: min(var(--auth-login-width, 26.5rem), 100vw - 2rem);
    min-inline-size: 0;
    color: var(--_al-text);
    font-family: var(--auth-login-font, system-ui, sans-serif);
    font-size: var(--auth-login-font-size, 1rem);
    line-height: 1.5;
    text-align: start;
  }
  @supports (color: oklch(from red l c h)) {
    /* Black or white, whichever can be read on the accent, also where the page or the server picks the colour. */
    :host {
      --_al-on-accent: var(--auth-login-on-accent, oklch(from var(--_al-accent) calc((0.59 - l) * 1000) 0 0));
      /* The accent as text and as ring: dark enough on light, light enough on dark. */
      --_al-ring: light-dark(oklch(from var(--_al-accent) min(l, 0.5) c h), oklch(from var(--_al-accent) max(l, 0.75) c h));
    }
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='auto']) {
    color-scheme: light dark;
  }
  .card {
    box-sizing: border-box;
    inline-size: 100%;
    max-inline-size: var(--auth-login-width, 26.5rem);
    margin-inline: auto;
    padding: var(--auth-login-padding, 2.5rem);
    background: var(--_al-surface);
    border: 1px solid var(--_al-line);
    border-radius: calc(var(--_al-radius) * 1.75);
    box-shadow: var(--auth-login-shadow, 0 1px 2px rgb(16 24 40 / 0.05), 0 16px 40px -12px rgb(16 24 40 / 0.14));
  }
  @container (max-inline-size: 27rem) {
    .card {
      padding: var(--auth-login-padding, 1.5rem);
      border-radius: calc(var(--_al-radius) * 1.4);
    }
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    margin-block-end: 1.75rem;
    font-weight: 600;
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  .logo {
    display: block;
    max-inline-size: 10rem;
    block-size: 2.5rem;
    object-fit: contain;
  }
  .monogram {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border-radius: calc(var(--_al-radius) * 0.9);
    background: var(--_al-accent);
    color: var(--_al-on-accent);
    font-size: 1.125rem;
    font-weight: 650;
    forced-color-adjust: none;
  }
  .offline {
    margin: 0 0 1.25rem;
    padding: 0.625rem 0.875rem;
    border-radius: var(--_al-radius);
    background: var(--_al-tint);
    font-size: 0.875em;
  }
  .live {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  slot[name='footer']::slotted(*) {
    display: block;
    margin-block-start: 1.5rem;
    color: var(--_al-muted);
    font-size: 0.8125em;
  }
`;
