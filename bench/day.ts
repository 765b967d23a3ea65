/** The collected day (a Wednesday) and the time of the clock, well after it. */
export const BENCH_DAY = '2026-11-18';
export const BENCH_NOW = '2026-11-20T12:00:00Z';
