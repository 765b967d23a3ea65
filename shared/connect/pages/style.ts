/** The only style sheet. Each page contains it, and each page's policy its digest. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f7; --card: #ffffff; --ink: #161a20; --soft: #4b5462; --line: #d9dee6; --well: #f4f5f7;
  --link: #0b4fae; --good: #0b6a3b; --fix: #874a00; --bad: #a31629; --calm: #3c4656;
  --good-wash: #e7f4ec; --fix-wash: #fdf1de; --bad-wash: #fcebed; --calm-wash: #eceff3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1115; --card: #171b21; --ink: #e9ecf1; --soft: #aab4c2; --line: #2d343e; --well: #0e1115;
    --link: #8fbcff; --good: #6ad79d; --fix: #f2b964; --bad: #ff98a3; --calm: #c3cbd6;
    --good-wash: #12281c; --fix-wash: #2e2310; --bad-wash: #331619; --calm-wash: #222831;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center;
  padding: clamp(1.25rem, 6vh, 4.5rem) 1rem 2rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  -webkit-text-size-adjust: 100%;
}
header, main, footer { width: 100%; max-width: 40rem; }
header { display: flex; align-items: center; gap: .55rem; padding: 0 .25rem .9rem; color: var(--soft); font-weight: 600; font-size: .95rem; }
header svg { width: 1.25rem; height: 1.25rem; }
main { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: clamp(1.25rem, 5vw, 2.25rem); }
footer { padding: 1rem .25rem 0; color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere; }
footer p { margin: 0; }
h1 { font-size: clamp(1.35rem, 4.6vw, 1.7rem); line-height: 1.25; letter-spacing: -.012em; margin: .9rem 0 .6rem; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.9rem 0 .6rem; }
h3 { font-size: 1rem; font-weight: 600; margin: 0; }
p { margin: .6rem 0; text-wrap: pretty; }
main > :last-child, .streams > li > :last-child { margin-bottom: 0; }
.lead { color: var(--soft); font-size: 1.0625rem; margin-top: 0; }
.badge { display: inline-flex; align-items: center; gap: .4rem; margin: 0; padding: .2rem .65rem .2rem .5rem; border-radius: 99rem; font-size: .8125rem; font-weight: 600; }
.badge svg, .stream svg { width: 1.1em; height: 1.1em; flex: none; }
.good { color: var(--good); background: var(--good-wash); }
.fix { color: var(--fix); background: var(--fix-wash); }
.bad { color: var(--bad); background: var(--bad-wash); }
.calm { color: var(--calm); background: var(--calm-wash); }
ul.streams { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: .5rem; }
.streams > li { padding: .85rem 1rem; }
.streams > li + li { border-top: 1px solid var(--line); }
.stream { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .35rem 1rem; }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .3rem 1.25rem; margin: 1rem 0 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
ol { margin: .6rem 0; padding-left: 1.35rem; }
ol li { margin: .35rem 0; padding-left: .2rem; }
code { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
pre { margin: .6rem 0; padding: .7rem .9rem; background: var(--well); border: 1px solid var(--line); border-radius: .5rem; white-space: pre-wrap; }
a { color: var(--link); text-underline-offset: .15em; border-radius: .2rem; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 26rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media (forced-colors: active) { .badge { border: 1px solid; } }
@media print { body { background: none; } main { border: 0; } }
`;
