/**
 * The sheet of the hosted pages. A file of its own, for `style-src 'self'` lets nothing inline through.
 * Its colours and measures are the widget's (`auth-login.styles.ts`): a page of ours often follows it, or stands around it.
 */
export const pagesCss = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#171a21, #f2f3f6);
  --soft: light-dark(#5a6272, #a9b0be);
  --paper: light-dark(#fff, #181b22);
  --field: light-dark(#fff, #111319);
  --ground: light-dark(#f4f5f8, #0c0e13);
  --line: light-dark(#e4e7ed, #2c313b);
  --border: light-dark(#8a92a3, #69717f);
  --accent: light-dark(#2f55d4, #a3b8ff);
  --on-accent: light-dark(#fff, #0d1633);
  --danger: light-dark(#b3261e, #ffb4ab);
  --ring: light-dark(oklch(from var(--accent) min(l, .5) c h), oklch(from var(--accent) max(l, .75) c h));
  --radius: .75rem;
}
/* The form of the widget is in the page, and has a sheet of its own: what names an element alone stays outside of it. */
* { box-sizing: border-box; }
[hidden] { display: none !important; }
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
  overflow-wrap: anywhere;
}
main { inline-size: 100%; max-inline-size: 26.5rem; }
main:has(.mails) { max-inline-size: 44rem; }
.card {
  background: var(--paper);
  border: 1px solid var(--line);
  border-radius: calc(var(--radius) * 1.75);
  padding: 2.5rem;
  box-shadow: 0 1px 2px rgb(16 24 40 / .05), 0 16px 40px -12px rgb(16 24 40 / .14);
}
.card > :last-child, .card > div > :last-child, #reading { margin-block-end: 0; }
h1:where(:not(auth-login *)) { margin: 0 0 .75rem; font-size: 1.5rem; font-weight: 650; line-height: 1.25; letter-spacing: -.015em; text-wrap: balance; word-break: auto-phrase; }
p:where(:not(auth-login *)) { margin: 0 0 1rem; }
.card p { font-size: .9375rem; }
.card .soft, .soft { color: var(--soft); font-size: .8125rem; }
a { color: var(--ring); }
code, pre { font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, monospace; }
.card .brand { display: flex; align-items: center; gap: .75rem; margin-block-end: 1.75rem; font-weight: 600; }
.brand img { max-inline-size: 10rem; block-size: 2.5rem; object-fit: contain; }
.monogram {
  display: grid;
  place-items: center;
  flex: none;
  inline-size: 2.5rem;
  block-size: 2.5rem;
  border-radius: calc(var(--radius) * .9);
  background: var(--accent);
  color: var(--on-accent);
  font-size: 1.125rem;
  font-weight: 650;
  forced-color-adjust: none;
}
dl {
  display: grid;
  grid-template-columns: fit-content(40%) 1fr;
  gap: .375rem 1rem;
  margin: 0 0 1.125rem;
  padding: .875rem 1rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  font-size: .9375rem;
}
dt { color: var(--soft); }
dd { margin: 0; }
:is(form, label):where(:not(auth-login *)) { display: grid; grid-template-columns: minmax(0, 1fr); }
form:where(:not(auth-login *)) { gap: 1.125rem; margin: 0; }
form > p:where(:not(auth-login *)) { margin: 0; }
:is(p, dl) + :is(form, a.button) { margin-block-start: 1.5rem; }
label:where(:not(auth-login *)) { gap: .4375rem; font-size: .875rem; font-weight: 600; }
label ~ :is(.fault, .soft) { margin-block-start: -.6875rem; }
input:where(:not(auth-login *)) {
  inline-size: 100%;
  min-block-size: 3rem;
  padding: .625rem .875rem;
  border: 1px solid var(--border);
  border-radius: var(--radius);
  background: var(--field);
  color: inherit;
  font: inherit;
  font-size: 1rem;
}
input[aria-invalid]:where(:not(auth-login *)) { border-color: var(--danger); }
input.digits {
  padding-inline-start: calc(.875rem + .35em);
  font: 1.5rem ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, monospace;
  letter-spacing: .35em;
  text-align: center;
  font-variant-numeric: tabular-nums;
}
:is(button, a.button):where(:not(auth-login *)) {
  display: grid;
  place-items: center;
  inline-size: 100%;
  min-block-size: 3rem;
  padding: .625rem .875rem;
  border: 1px solid color-mix(in oklab, var(--accent) 88%, var(--ink));
  border-radius: var(--radius);
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-size: .9375rem;
  font-weight: 600;
  line-height: 1.3;
  text-align: center;
  text-wrap: balance;
  text-decoration: none;
  cursor: pointer;
}
:is(button, a).quiet { background: transparent; border-color: var(--border); color: var(--ink); }
form + form, a.button + a.button { margin-block-start: .875rem; }
:is(form, a.button) + p { margin-block-start: 1rem; }
:is(a, button, input):focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; }
.card .fault { color: var(--danger); font-size: .875rem; font-weight: 500; }
.card .notice {
  padding: .75rem .875rem;
  border: 1px solid color-mix(in oklab, var(--danger) 35%, var(--paper));
  border-radius: var(--radius);
  background: color-mix(in oklab, var(--danger) 6%, var(--paper));
  font-size: .875rem;
}
.mails { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
.mails pre { margin: 0; white-space: pre-wrap; font-size: .875rem; }
@media (max-width: 29rem) {
  .card { padding: 1.5rem; border-radius: calc(var(--radius) * 1.4); }
}
dl:has(code) { grid-template-columns: minmax(0, 1fr); gap: 0; }
dl:has(code) dt + dd + dt { margin-block-start: .5rem; }
@media (max-width: 24rem) {
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dt { font-size: .8125rem; }
  dd + dt { margin-block-start: .5rem; }
}
@media (hover: hover) {
  :is(button, a.button):hover { background: color-mix(in oklab, var(--accent) 92%, var(--on-accent)); }
  :is(button, a).quiet:hover { background: color-mix(in oklab, var(--accent) 9%, var(--paper)); }
}
@media (forced-colors: active) { .notice, .card { border-color: CanvasText; } }
`;
