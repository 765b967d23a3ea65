/** What one measured process tells of itself. */
export interface Measured {
  readonly rows: number;
  readonly seconds: number;
  /** The most memory it ever held, in MB. */
  readonly peakMb: number;
}

/** Runs `work`, which gives a number of rows, and prints how long it took and what it held. */
export const measure = async (work: () => Promise<number>): Promise<void> => {
  const started = process.hrtime.bigint();
  const rows = await work();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const measured: Measured = { rows, seconds, peakMb: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
};
