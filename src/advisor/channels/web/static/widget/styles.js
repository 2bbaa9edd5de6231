// The widget's styles; --advisor-… properties and ::part are for the page around it.
export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host {
  --_text: var(--advisor-text, light-dark(#1b2430, #e9edf3));
  --_muted: var(--advisor-muted, light-dark(#505c6b, #aeb8c5));
  --_background: var(--advisor-background, light-dark(#ffffff, #171c23));
  --_raised: var(--advisor-raised, light-dark(#eef3f9, #222a35));
  --_line: var(--advisor-line, light-dark(#d3dbe5, #3a4554));
  --_edge: var(--advisor-edge, light-dark(#7b8796, #8592a3));
  --_accent: var(--advisor-accent, light-dark(#0b4f9c, #8fc1ff));
  --_on-accent: var(--advisor-on-accent, light-dark(#ffffff, #0c1826));
  --_radius: var(--advisor-radius, 0.75rem);
  display: block;
  color: var(--_text);
  font: var(--advisor-font, 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  text-align: start;
}
:host([hidden]) { display: none; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

button, textarea { font: inherit; color: inherit; }
button {
  min-block-size: 2.75rem; padding: 0.4rem 0.8rem; cursor: pointer;
  background: none; border: 1px solid var(--_edge); border-radius: calc(var(--_radius) * 0.66);
}
button:hover { background: var(--_raised); }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
a { color: var(--_accent); text-underline-offset: 0.15em; }

.launcher, .send, .new-reply { background: var(--_accent); color: var(--_on-accent); border-color: var(--_accent); font-weight: 600; }
.launcher:hover, .send:hover, .new-reply:hover { background: var(--_accent); text-decoration: underline; }
.launcher { padding-inline: 1.2rem; border-radius: 1.5rem; max-inline-size: calc(100vw - 2rem); box-shadow: 0 2px 10px rgb(0 0 0 / 25%); }
.panel {
  display: flex; flex-direction: column; overflow: hidden;
  background: var(--_background); border: 1px solid var(--_edge); border-radius: var(--_radius);
}

:host(:not([placement="flow"])) .launcher,
:host(:not([placement="flow"])) .panel {
  position: fixed; z-index: var(--advisor-z-index, 1000);
  inset-block-end: var(--advisor-inset-block-end, 1rem); inset-inline-end: var(--advisor-inset-inline-end, 1rem);
}
:host(:not([placement="flow"])) .panel {
  inline-size: min(var(--advisor-width, 27rem), calc(100vw - 2rem));
  block-size: min(var(--advisor-height, 42rem), calc(100dvh - 2rem));
  box-shadow: 0 8px 40px rgb(0 0 0 / 30%);
}
:host([data-open]:not([placement="flow"])) .launcher { visibility: hidden; }
:host([placement="flow"]) .root { display: flex; flex-direction: column-reverse; align-items: start; gap: 0.75rem; }
:host([placement="flow"]) .panel { inline-size: 100%; max-inline-size: var(--advisor-width, 44rem); block-size: var(--advisor-height, 40rem); }
:host([placement="flow"]) .launcher { box-shadow: none; }

.header { display: grid; grid-template-columns: 1fr auto; align-items: center; padding: 0.4rem 1rem 0.1rem; border-block-end: 1px solid var(--_line); }
h2 { margin: 0; font-size: 1.1rem; line-height: 1.3; }
.tools { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 0 0.25rem; margin-inline: -0.5rem; }
.close { margin-inline-end: -0.5rem; }
.header button { padding-inline: 0.5rem; border-color: transparent; color: var(--_accent); font-size: 0.875rem; }

.scroller { flex: 1 1 auto; min-block-size: 0; overflow-y: auto; padding: 0.9rem 1rem; overflow-wrap: anywhere; }
.scroller:focus-visible { outline-offset: -3px; }
.intro { color: var(--_muted); font-size: 0.875rem; }
.intro p { margin: 0 0 0.35rem; }
.intro .greeting { margin-block: 0.9rem 0.6rem; color: var(--_text); font-size: 1rem; }
.links { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
.links a { display: inline-block; padding-block: 0.25rem; }

ol, ul { margin: 0; padding: 0; list-style: none; }
.question, .reply { margin-block-end: 0.9rem; }
.question p, .reply p { margin: 0 0 0.45rem; white-space: pre-line; }
.question p { inline-size: fit-content; max-inline-size: 90%; margin-inline-start: auto; padding: 0.45rem 0.8rem; background: var(--_raised); border: 1px solid var(--_line); border-radius: var(--_radius); }
.note { color: var(--_muted); font-size: 0.875rem; }
.mark { min-block-size: 1.5rem; min-inline-size: 1.5rem; margin-inline: -0.15rem; padding: 0; border: 0; color: var(--_accent); font-size: 0.875em; text-decoration: underline; text-underline-offset: 0.15em; }

details { border-block-start: 1px solid var(--_line); font-size: 0.9rem; }
.sources { border-block-end: 1px solid var(--_line); }
summary { padding: 0.6rem 0; padding-inline-start: 1.1rem; text-indent: -1.1rem; min-block-size: 2.75rem; cursor: pointer; color: var(--_muted); }
summary:hover { color: var(--_text); text-decoration: underline; }
blockquote { margin: 0 0 0.6rem; padding-inline-start: 0.8rem; border-inline-start: 3px solid var(--_accent); white-space: pre-line; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 0.8rem; margin: 0 0 0.5rem; color: var(--_muted); font-size: 0.875rem; }
dd { margin: 0; }

.table { overflow-x: auto; margin-block-end: 0.6rem; }
table { border-collapse: collapse; font-size: 0.9rem; min-inline-size: 100%; overflow-wrap: normal; }
caption { text-align: start; color: var(--_muted); font-size: 0.875rem; padding-block-end: 0.25rem; }
th, td { padding: 0.4rem 0.6rem; border: 1px solid var(--_line); text-align: start; vertical-align: top; min-inline-size: 4.5rem; }
thead th { background: var(--_raised); }

.next p { margin: 0.4rem 0; color: var(--_muted); font-size: 0.875rem; }
.next ul { display: flex; flex-direction: column; align-items: start; gap: 0.4rem; }
.next button { text-align: start; border-color: var(--_accent); color: var(--_accent); }

.foot { padding: 0.5rem 1rem 0.75rem; border-block-start: 1px solid var(--_line); }
.status { margin: 0; font-size: 0.875rem; line-height: 1.3rem; }
.trouble { margin-block: 0.35rem 0.5rem; padding-inline-start: 0.7rem; border-inline-start: 4px solid var(--_accent); }
.new-reply { inline-size: 100%; }
label { display: inline-block; margin-block-end: 0.35rem; font-size: 0.875rem; font-weight: 600; }
.row { display: flex; gap: 0.5rem; align-items: end; }
textarea {
  flex: 1; min-inline-size: 0; min-block-size: 3.5rem; max-block-size: 10rem; padding: 0.4rem 0.6rem; resize: vertical;
  background: var(--_background); border: 1px solid var(--_edge); border-radius: calc(var(--_radius) * 0.66);
}
.hint { margin: 0.25rem 0 0; color: var(--_muted); font-size: 0.8125rem; }

@media (max-width: 30rem) {
  :host(:not([placement="flow"])) .panel { inset: 0.5rem; inline-size: auto; block-size: auto; }
  .hint { display: none; }
  .foot { padding-block: 0.35rem 0.5rem; }
}
@media (max-height: 36rem) {
  .panel { overflow-y: auto; }
  .panel > * { flex: none; }
  .scroller { overflow-y: visible; }
  .hint { display: none; }
}
@media (forced-colors: active) {
  .launcher, .send, .new-reply { background: ButtonFace; color: ButtonText; border: 2px solid ButtonText; }
  .question p { border: 1px solid CanvasText; }
}
@media print {
  :host .panel { position: static !important; block-size: auto !important; overflow: visible; box-shadow: none !important; }
  .scroller { overflow: visible; }
  .foot, .tools, .next, .launcher { display: none; }
}
`);
