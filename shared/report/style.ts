/** The only style sheet. The page contains it, and its policy the digest. Paper is light, whatever the screen is. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f3f4f7; --card: #ffffff; --ink: #161a20; --soft: #4b5462; --line: #d9dee6; --well: #f3f4f7;
  --link: #0b4fae; --good: #0b6a3b; --fix: #874a00; --bad: #a31629; --calm: #3c4656;
  --good-wash: #e7f4ec; --fix-wash: #fdf1de; --bad-wash: #fcebed; --calm-wash: #eceff3;
  --s1: #2f6fd0; --s2: #17917f; --s3: #d9782b; --s4: #8a55c4; --s5: #c43f74; --s6: #8c8a1b; --s7: #4fa3dc; --s8: #9aa3b0;
  --critical: #7d0f22; --high: #c62f42; --medium: #dd8a1f; --low: #6d8fc7; --informational: #a9b2bf; --strong: #2f9866;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1115; --card: #171b21; --ink: #e9ecf1; --soft: #aab4c2; --line: #2d343e; --well: #0e1115;
    --link: #8fbcff; --good: #6ad79d; --fix: #f2b964; --bad: #ff98a3; --calm: #c3cbd6;
    --good-wash: #12281c; --fix-wash: #2e2310; --bad-wash: #331619; --calm-wash: #222831;
    --s1: #6ea3f7; --s2: #45bfae; --s3: #f09a55; --s4: #b48ae8; --s5: #ec7fa8; --s6: #c6c352; --s7: #8fcdf2; --s8: #737d8b;
    --critical: #ff5468; --high: #e8707c; --medium: #e9a94f; --low: #7fa2dc; --informational: #6c7684; --strong: #4fbf8a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 76rem; padding: clamp(1rem, 4vw, 2.5rem) clamp(.75rem, 3vw, 2rem) 2rem; background: var(--ground); color: var(--ink);
  font: .9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; -webkit-text-size-adjust: 100%;
}
h1 { font-size: clamp(1.5rem, 4vw, 2rem); line-height: 1.2; letter-spacing: -.015em; margin: 0; }
h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -.01em; margin: 0 0 .5rem; scroll-margin-top: 1rem; }
h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
p { margin: .5rem 0; max-width: 70ch; text-wrap: pretty; }
.lead { color: var(--soft); margin: .35rem 0 1.25rem; max-width: none; overflow-wrap: anywhere; }
.lead b { color: var(--ink); }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: clamp(1rem, 3vw, 1.75rem); margin: 0 0 1.25rem; }
section > p { color: var(--soft); }
a { color: var(--link); text-underline-offset: .15em; border-radius: .2rem; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible, .chart:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code { font: .9em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
ul { list-style: none; margin: 0; padding: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.25rem, 1fr)); gap: .75rem; margin: 0 0 1.25rem; }
.tiles a { display: grid; grid-template-columns: 1fr auto; align-content: start; height: 100%; gap: .1rem .5rem; padding: .9rem 1rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--card); color: var(--soft); text-decoration: none; font-size: .875rem; line-height: 1.35; }
.tiles a:hover { border-color: currentColor; }
.tiles b { order: -1; font-size: 1.625rem; line-height: 1.15; letter-spacing: -.02em; color: var(--ink); font-variant-numeric: tabular-nums; white-space: nowrap; }
.tiles svg { width: 1.25rem; height: 1.25rem; margin-top: .2rem; }
.tiles span { grid-column: 1 / -1; }
.tiles .good svg { color: var(--good); } .tiles .calm svg { color: var(--calm); }
.tiles .fix b, .tiles .fix svg { color: var(--fix); } .tiles .bad b, .tiles .bad svg { color: var(--bad); }
.warning { display: flex; gap: .6rem; max-width: none; margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid; border-radius: .5rem; color: var(--fix); background: var(--fix-wash); overflow-wrap: anywhere; }
.warning svg { width: 1.25rem; height: 1.25rem; flex: none; margin-top: .1rem; }
figure { margin: 1rem 0 0; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; margin: .5rem 0; font-size: .875rem; color: var(--soft); }
.legend li { display: flex; align-items: center; gap: .4rem; }
.legend b { color: var(--ink); font-variant-numeric: tabular-nums; }
.swatch { width: .75rem; height: .75rem; border-radius: .2rem; flex: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
${['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 'critical', 'high', 'medium', 'low', 'informational', 'strong'].map((name) => `.swatch.${name} { background: var(--${name}); }`).join('\n')}
.chart > div { flex: 1 0 100%; }
.chart svg { display: block; width: 100%; height: auto; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.chart text { font-family: inherit; font-size: 12px; font-variant-numeric: tabular-nums; }
details { margin: .6rem 0 0; font-size: .875rem; }
summary { display: inline-block; cursor: pointer; color: var(--link); border-radius: .2rem; }
summary::before { content: "+ "; } details[open] > summary::before { content: "− "; }
.scroll { overflow-x: auto; margin: .75rem 0 0; border: 1px solid var(--line); border-radius: .5rem; }
details .scroll { max-height: 24rem; overflow-y: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.4; }
th, td { padding: .45rem .75rem; text-align: start; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--well); color: var(--soft); font-weight: 600; white-space: nowrap; }
td { overflow-wrap: anywhere; unicode-bidi: isolate; min-width: 6.5rem; }
td.wide { min-width: 15.5rem; }
td.short { white-space: nowrap; }
td code { unicode-bidi: isolate; }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; min-width: 0; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.more { color: var(--soft); font-size: .875rem; }
.note { color: var(--soft); font-size: .8125rem; font-style: italic; }
.level, .badge { display: inline-flex; align-items: center; gap: .3rem; padding: .05rem .5rem; border-radius: 99rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.badge svg { width: 1em; height: 1em; flex: none; }
.good { color: var(--good); } .fix { color: var(--fix); } .bad { color: var(--bad); } .calm { color: var(--calm); }
.badge.good { background: var(--good-wash); } .badge.bad { background: var(--bad-wash); } .badge.calm { background: var(--calm-wash); }
.level.critical { color: var(--card); background: var(--bad); }
.level.high { color: var(--bad); background: var(--bad-wash); }
.level.medium { color: var(--fix); background: var(--fix-wash); }
.level.low, .level.informational { color: var(--calm); background: var(--calm-wash); }
.calendar { width: auto; }
.calendar th, .calendar td { padding: .2rem .3rem; border: 0; text-align: center; min-width: 0; font-size: .8125rem; }
.calendar thead th { font-variant-numeric: tabular-nums; font-weight: 400; min-width: 1.65rem; }
.calendar thead th, .calendar thead td { background: none; }
.calendar th[scope="colgroup"] { text-align: start; font-weight: 600; }
.calendar th[scope="row"], .calendar thead th:first-child { text-align: start; padding-left: .75rem; font-weight: 400; white-space: nowrap; min-width: 10rem; }
.state { font-style: normal; }
.state span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
td.state { position: relative; }
.state::before { display: inline-block; width: 1.15rem; line-height: 1.15rem; border-radius: .3rem; text-align: center; font-size: .75rem; font-weight: 700; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.state.confirmed::before { content: "✓" / ""; color: var(--card); background: var(--good); }
.state.closed::before { content: "✓" / ""; color: var(--good); background: var(--good-wash); box-shadow: inset 0 0 0 1px; }
.state.open::before { content: "○" / ""; color: var(--fix); background: var(--fix-wash); }
.state.gap::before { content: "✕" / ""; color: var(--card); background: var(--bad); }
.state.none::before { content: "·" / ""; color: var(--soft); background: var(--well); }
.problems li { margin: .75rem 0; padding: .6rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: .4rem; overflow-wrap: anywhere; }
.problems p { margin: .15rem 0; }
footer { color: var(--soft); font-size: .8125rem; }
/* On a phone a chart scrolls. Reversed, it begins with its newest bars. */
@media screen and (max-width: 40rem) { .chart { display: flex; overflow-x: auto; } .chart.time { flex-direction: row-reverse; } .chart > div { flex-basis: 40rem; } }
@media (forced-colors: active) { .badge, .level, .swatch, .state::before { border: 1px solid; } }
@media print {
  @page { margin: 14mm 12mm; }
  :root { color-scheme: light; }
  body { background: none; padding: 0; max-width: none; font-size: 9.5pt; }
  section { border: 0; padding: 0; margin: 0 0 8mm; border-radius: 0; }
  section > h2 { border-bottom: 1px solid var(--line); padding-bottom: 1mm; }
  .tiles { grid-template-columns: repeat(4, 1fr); gap: 2mm; }
  .tiles a { padding: 2mm 3mm; }
  details { display: none; }
  .scroll { overflow: visible; border: 0; }
  td, td.wide { min-width: 0; } td.short, thead th, .number { white-space: normal; }
  .legend, .level, .badge, .more { font-size: 8.5pt; }
  table { font-size: 8.5pt; } th, td { padding: 1mm 2mm; }
  .calendar th, .calendar td { padding: .3mm; font-size: 8pt; } .calendar thead th { min-width: 0; } .calendar th[scope="row"] { min-width: 0; }
  h2, h3, .legend { break-after: avoid; } figure, tr, .problems li, .tiles li, .calendar { break-inside: avoid; }
  .badge, .level { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
