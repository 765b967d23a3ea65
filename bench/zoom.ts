import { generateCompany, type SimulatedRow, startSimulator } from '../simulator/index.ts';
import { BENCH_DAY, BENCH_NOW } from './day.ts';

/** A simulated Zoom in a process of its own: one day with exactly so many operation rows. Prints its address. */
const rows = Number(process.argv[2]);

function* exactly(count: number): Generator<SimulatedRow> {
  let given = 0;
  const company = generateCompany({
    seed: 1,
    from: BENCH_DAY,
    to: BENCH_DAY,
    rowsPerDay: count * 1.3,
    operationShare: 1,
    lateness: 'none',
  });
  for (const row of company) {
    if (given === count) return;
    given += 1;
    yield row;
  }
  throw new Error(`The company had only ${given} rows.`);
}

const simulator = await startSimulator({ now: BENCH_NOW, speed: 0, limits: { perDay: 'off' } });
simulator.addRows(exactly(rows));
process.stdout.write(`${JSON.stringify({ apiUrl: simulator.apiUrl, oauthUrl: simulator.oauthUrl })}\n`);
