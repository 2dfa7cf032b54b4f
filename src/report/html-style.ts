/** Style of the HTML report. Colours of scopes stand beside their names, so that none is told by its colour alone. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fdfdfb; --card: #ffffff; --text: #1d2126; --faint: #565d66; --line: #d5d9de;
  --link: #0b57a4; --error: #b3261e; --warning: #8a5200; --good: #1a6e3a; --open: #6a5d00;
  --static: #2f7d5b; --deploy: #3f8f8a; --process: #4a86b8; --day: #6d7fc4;
  --tenant: #c9a227; --user: #d98e2b; --session: #cf7440; --turn: #d2527a; --request: #c0392b; --unknown: #9aa1a9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --card: #1b1f24; --text: #e6e8ea; --faint: #a4acb5; --line: #363d45;
    --link: #82b8f2; --error: #ff8f86; --warning: #f0b45a; --good: #74d49a; --open: #d8c95f;
    --static: #4fae84; --deploy: #58b5af; --process: #6aa9dd; --day: #8f9fe6;
    --tenant: #e0bd4b; --user: #ecaa52; --session: #e69063; --turn: #ee7fa2; --request: #e8685a; --unknown: #7d858e;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 0.25rem; font-size: 1.5rem; }
h2 { margin: 0; font: 600 1.05rem/1.4 ui-monospace, monospace; }
a { color: var(--link); }
code, .text { font-family: ui-monospace, monospace; font-size: 0.85rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.faint { color: var(--faint); }
.legend, nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0.75rem 0; padding: 0; list-style: none; }
.swatch { display: inline-block; width: 0.85em; height: 0.85em; margin-right: 0.4em; border-radius: 2px;
  background: var(--scope); vertical-align: -0.05em; }
section { margin: 1.5rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
section > p { margin: 0.25rem 0; }
.bar { display: flex; align-items: stretch; height: 2.5rem; margin: 0.9rem 0 0.5rem; }
.bar span { min-width: 2px; background: var(--scope); border-bottom: 0.45rem solid transparent; border-right: 1px solid var(--card);
  background-clip: padding-box; }
.bar .endless { min-width: 1.5rem;
  background-image: repeating-linear-gradient(135deg, transparent 0 5px, var(--card) 5px 8px); }
.bar .read { border-bottom-color: var(--good); }
.bar .written { border-bottom-color: var(--error); }
.bar b { padding: 0 0.4rem; color: var(--faint); }
.bar i { flex: none; width: 4px; margin: -0.35rem 2px; border-radius: 2px; background: var(--mark); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; overflow-wrap: normal; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 0.25rem 0.6rem 0.25rem 0; text-align: left; vertical-align: top; white-space: nowrap; }
thead th { color: var(--faint); font-weight: 500; border-bottom: 1px solid var(--line); }
td.tokens, th.tokens { text-align: right; font-variant-numeric: tabular-nums; }
td.text { width: 100%; min-width: 16rem; white-space: normal; overflow-wrap: anywhere; color: var(--faint); }
tr.checkpoint td { border-top: 3px solid var(--mark); white-space: normal; color: var(--mark); padding-bottom: 0.6rem; }
tr.checkpoint .faint { display: block; }
tr.finding td { white-space: normal; padding: 0.15rem 0 0.7rem; }
.note { border-left: 4px solid var(--level); padding-left: 0.7rem; }
.note strong { color: var(--level); }
.note p { margin: 0; max-width: 60rem; }
.level-error { --level: var(--error); }
.level-warn { --level: var(--warning); }
.mark-read { --mark: var(--good); }
.mark-written { --mark: var(--error); }
.mark-open { --mark: var(--open); }
ul.plain { margin: 0.25rem 0; padding-left: 1.2rem; }
@media print { section { break-inside: avoid; } }
`;
