/** How many times larger the second input is. */
const GROWTH = 8;

/** Linear work comes to 8 times as much, quadratic work to 64. */
export const MOST_OF_LINEAR = 24;

/** The CPU clock of a thread has a resolution of milliseconds: shorter measurements are not meaningful. */
const ENOUGH_MICROSECONDS = 40_000;

/** A garbage collection or a shared core makes one measurement too large; it makes none too small. */
const ATTEMPTS = 4;

/**
 * How many times more work an input of 8 times the size takes, the least of some measurements. Work is the CPU time of this thread
 * alone, which hardly depends on other load or on the speed of the machine.
 */
export const growthOf = (work: (size: number) => () => unknown, size: number): number => {
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least >= MOST_OF_LINEAR; attempt += 1) {
    least = Math.min(least, costOf(work(size * GROWTH)) / costOf(work(size)));
  }
  return least;
};

const costOf = (run: () => unknown): number => {
  run();
  for (let repeats = 1; ; repeats *= 4) {
    const start = process.threadCpuUsage();
    for (let repeat = 0; repeat < repeats; repeat += 1) run();
    const { user, system } = process.threadCpuUsage(start);
    if (user + system >= ENOUGH_MICROSECONDS) return (user + system) / repeats;
  }
};
