/** The report of one measured process. */
export interface Measured {
  readonly rows: number;
  readonly seconds: number;
  /** Of the process and all its threads, in user and system mode. */
  readonly cpuSeconds: number;
  /** The most memory it ever held, in MB. */
  readonly peakMb: number;
}

/** Runs `work`, and prints what it says it did, how long it took and what it held. */
export const measure = async (work: () => Promise<Pick<Measured, 'rows'>>): Promise<void> => {
  const [started, cpuBefore] = [process.hrtime.bigint(), process.cpuUsage()];
  const brought = await work();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const measured: Measured = {
    ...brought,
    seconds,
    cpuSeconds: cpuSecondsSince(cpuBefore),
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
};

/** CPU that this process has used since, in seconds. */
export const cpuSecondsSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};
