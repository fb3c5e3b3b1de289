/** The sheet of the hosted pages. A file of its own, for `style-src 'self'` lets nothing inline through. */
export const pagesCss = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#16181d, #f1f2f4);
  --soft: light-dark(#575c66, #a8adb8);
  --paper: light-dark(#ffffff, #1b1d22);
  --ground: light-dark(#f3f4f6, #101115);
  --line: light-dark(#dcdfe4, #33363d);
  --accent: light-dark(#2457d6, #8fb0ff);
  --on-accent: light-dark(#ffffff, #10182b);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  min-block-size: 100vh;
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  place-items: center;
  padding: 1rem;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif;
}
main { inline-size: 100%; max-inline-size: 26rem; }
main.wide { max-inline-size: 52rem; }
.card {
  background: var(--paper);
  border: 1px solid var(--line);
  border-radius: 1rem;
  padding: 2rem;
  box-shadow: 0 1px 2px rgb(0 0 0 / .04), 0 12px 32px rgb(0 0 0 / .06);
}
h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); font-size: .875rem; }
.brand { display: flex; align-items: center; gap: .625rem; margin-block-end: 1.25rem; font-weight: 600; }
.brand img { inline-size: 2rem; block-size: 2rem; border-radius: .5rem; object-fit: contain; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem; padding: .875rem 1rem; border: 1px solid var(--line); border-radius: .75rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
form, label { grid-template-columns: minmax(0, 1fr); }
form { display: grid; gap: .75rem; margin: 0; }
form + form { margin-block-start: .75rem; }
label { display: grid; gap: .375rem; font-weight: 600; }
input {
  inline-size: 100%;
  min-block-size: 3rem;
  padding: 0 .875rem;
  border: 1px solid light-dark(#8b919c, #6c727e);
  border-radius: .625rem;
  background: var(--paper);
  color: inherit;
  font: inherit;
}
input.digits { font-size: 1.5rem; letter-spacing: .25em; text-align: center; font-variant-numeric: tabular-nums; }
button, a.button {
  display: inline-grid;
  place-items: center;
  min-block-size: 3rem;
  padding: 0 1.25rem;
  border: 1px solid transparent;
  border-radius: .625rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
}
button.quiet, a.quiet { background: transparent; border-color: var(--line); color: var(--ink); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[role="alert"] { margin: 0 0 1rem; padding: .75rem 1rem; border-radius: .625rem; background: light-dark(#fdecec, #3a1c1e); color: light-dark(#8c1d18, #ffb4ab); }
ol.mails { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
ol.mails pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.5 ui-monospace, monospace; }
@media (max-width: 24rem) { .card { padding: 1.25rem; } }
@media (prefers-reduced-motion: no-preference) { button { transition: filter .15s; } button:hover { filter: brightness(1.06); } }
`;
