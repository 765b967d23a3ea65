import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { drawPlan } from './draw-plan.ts';
import { partsOf, readParts, formatParts, withOnly } from './parts.ts';
import type { Plan } from './plan.ts';
import { type Fortune, runWorld } from './run-world.ts';
import { shrink } from './shrink.ts';

/** The worlds of a worker: every `step`-th from `from` to `to`. */
interface Share {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** A worker's report of a world. */
interface WorldResult {
  readonly seed: number;
  readonly steps: number;
  readonly broken: Fortune['broken'];
}

const share = async ({ from, to, step }: Share): Promise<void> => {
  for (let seed = from; seed < to; seed += step) {
    const { steps, broken } = await runWorld(drawPlan(seed));
    parentPort?.postMessage({ seed, steps, broken } satisfies WorldResult);
    if (broken) return;
  }
};

const USAGE = `npm run simulate -- [--worlds N] [--seed S] [--jobs J]   N worlds from seed S on, J side by side
npm run simulate -- --seed S --only r0-3,p1,t2 [--schedule K]   one world, with these parts alone
  --no-shrink   do not look for a smaller world that fails
  --json        print the first failure as JSON, and nothing else`;

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      worlds: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      only: { type: 'string' },
      schedule: { type: 'string', default: '0' },
      'no-shrink': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(USAGE);
    return 0;
  }
  const seed = Number(values.seed);
  const schedule = Number(values.schedule);
  if (values.only !== undefined) {
    return reportWorld(withOnly(drawPlan(seed), new Set(readParts(values.only)), schedule));
  }

  const worlds = Number(values.worlds);
  const began = performance.now();
  const { first, done, steps } = await runAll(seed, worlds, Math.min(worlds, Number(values.jobs)));
  const seconds = (performance.now() - began) / 1000;
  if (values.json) {
    print(
      JSON.stringify({
        worlds: done,
        seconds,
        ...(first && { seed: first.seed, invariant: first.broken?.invariant }),
      }),
    );
    return first ? 1 : 0;
  }
  if (!first?.broken) {
    print(
      `${done} worlds from seed ${seed} on, ${steps} effects, ${seconds.toFixed(1)} s: every invariant was kept.`,
    );
    return 0;
  }
  print(
    `World ${first.seed} broke the promise "${first.broken.invariant}" (${done} worlds, ${seconds.toFixed(1)} s).`,
  );
  const plan = drawPlan(first.seed);
  if (values['no-shrink']) return report(plan, { trace: '', steps: first.steps, broken: first.broken });
  const smallest = await shrink(plan, { trace: '', steps: first.steps, broken: first.broken });
  print(`The smallest world that does it has ${smallest.parts.length} of ${partsOf(plan).length} parts:`);
  report(smallest.plan, smallest.fortune);
  const isSame = smallest.plan === plan;
  print('\nRun it alone:');
  print(
    `  npm run simulate -- --seed ${first.seed} --only ${formatParts(smallest.parts)} --schedule ${smallest.plan.schedule}`,
  );
  if (isSame) print('(Nothing could be left out.)');
  return 1;
};

/** Worlds on several threads, until one fails or all are done. */
const runAll = async (seed: number, worlds: number, jobs: number) => {
  const recorded: WorldResult[] = [];
  let steps = 0;
  let done = 0;
  const workers = Array.from({ length: jobs }, (_, job) => {
    const data: Share = { from: seed + job, to: seed + worlds, step: jobs };
    return new Worker(new URL(import.meta.url), { workerData: data });
  });
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise<void>((resolve, reject) => {
          worker.on('message', (message: WorldResult) => {
            done += 1;
            steps += message.steps;
            if (message.broken) {
              recorded.push(message);
              for (const other of workers) void other.terminate();
            }
          });
          worker.on('error', reject);
          worker.on('exit', () => resolve());
        }),
    ),
  );
  return { first: recorded.sort((a, b) => a.seed - b.seed)[0], done, steps };
};

const reportWorld = async (plan: Plan): Promise<number> => {
  const fortune = await runWorld(plan);
  if (!fortune.broken)
    print(`World ${plan.seed} kept every invariant (${fortune.steps} steps, trace ${fortune.trace}).`);
  return fortune.broken ? report(plan, fortune) : 0;
};

/** The report of a failed world: its plan, its faults, its last effects. */
const report = ({ climate, rows, polls, faults, start }: Plan, { broken }: Fortune): number => {
  const when = (ms: number): string => new Date(start + ms).toISOString();
  print(`\nIt begins at ${when(0)}: ${JSON.stringify(climate)}`);
  print(`${rows.length} rows; polls at ${polls.map(when).join(', ')}`);
  for (const fault of faults) print(`  ${'at' in fault ? when(fault.at) : ''} ${JSON.stringify(fault)}`);
  print('\nWhat happened last:');
  for (const line of broken?.recent ?? []) print(`  ${line.slice(0, 200)}`);
  print(`\n${broken?.invariant ?? ''}: ${broken?.detail ?? ''}`);
  return 1;
};

const print = (text: string): void => void process.stdout.write(`${text}\n`);

if (isMainThread) process.exitCode = await main();
else await share(workerData as Share);
