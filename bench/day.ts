/** The day whose rows are collected, and the time it then is: a Wednesday, long over. */
export const BENCH_DAY = '2026-11-18';
export const BENCH_NOW = '2026-11-20T12:00:00Z';
