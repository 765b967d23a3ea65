import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { CONTENT_WORLDS } from './content/content-worlds.ts';
import { MIRROR_WORLDS } from './mirror/mirror-worlds.ts';
import { readParts, formatParts } from './parts.ts';
import type { Fortune } from './run-world.ts';
import { shrink } from './shrink.ts';
import { LOG_WORLDS, type WorldKind } from './world-kind.ts';

/** The worlds of a worker: every `step`-th from `from` to `to`. */
interface Share {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly kind: keyof typeof KINDS;
}

/** A worker's report of a world. */
interface WorldResult {
  readonly seed: number;
  readonly steps: number;
  readonly broken: Fortune['broken'];
}

const share = async <P>({ from, to, step }: Share, kind: WorldKind<P>): Promise<void> => {
  for (let seed = from; seed < to; seed += step) {
    const { steps, broken } = await kind.run(kind.draw(seed));
    parentPort?.postMessage({ seed, steps, broken } satisfies WorldResult);
    if (broken) return;
  }
};

/** The kinds of worlds, by name. */
const KINDS = {
  log: (data: Share) => share(data, LOG_WORLDS),
  content: (data: Share) => share(data, CONTENT_WORLDS),
  mirror: (data: Share) => share(data, MIRROR_WORLDS),
};

const kindOf = ({ content, mirror }: Pick<Options, 'content' | 'mirror'>): Share['kind'] => {
  if (mirror) return 'mirror';
  return content ? 'content' : 'log';
};

const USAGE = `npm run simulate -- [--worlds N] [--seed S] [--jobs J]   N worlds from seed S on, J side by side
npm run simulate -- --seed S --only r0-3,p1,t2 [--schedule K]   one world, with these parts alone
  --content     worlds of Zoom's content instead of its logs; parts are c (changes), r (meetings), p (runs), t (faults)
  --mirror      worlds of a mirror; parts are c (changes) and p (acts of an operator)
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
      content: { type: 'boolean', default: false },
      mirror: { type: 'boolean', default: false },
      'no-shrink': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(USAGE);
    return 0;
  }
  switch (kindOf(values)) {
    case 'content':
      return simulate(CONTENT_WORLDS, values);
    case 'mirror':
      return simulate(MIRROR_WORLDS, values);
    case 'log':
      return simulate(LOG_WORLDS, values);
  }
};

interface Options {
  readonly worlds: string;
  readonly seed: string;
  readonly jobs: string;
  readonly only?: string | undefined;
  readonly schedule: string;
  readonly content: boolean;
  readonly mirror: boolean;
  readonly 'no-shrink': boolean;
  readonly json: boolean;
}

const simulate = async <P>(kind: WorldKind<P>, values: Options): Promise<number> => {
  const seed = Number(values.seed);
  const schedule = Number(values.schedule);
  if (values.only !== undefined) {
    return reportWorld(kind, seed, kind.withOnly(kind.draw(seed), new Set(readParts(values.only)), schedule));
  }

  const worlds = Number(values.worlds);
  const began = performance.now();
  const { first, done, steps } = await runAll(
    seed,
    worlds,
    Math.min(worlds, Number(values.jobs)),
    kindOf(values),
  );
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
  const plan = kind.draw(first.seed);
  if (values['no-shrink']) return report(kind, plan, { trace: '', steps: first.steps, broken: first.broken });
  const smallest = await shrink(kind, plan, { trace: '', steps: first.steps, broken: first.broken });
  print(
    `The smallest world that does it has ${smallest.parts.length} of ${kind.partsOf(plan).length} parts:`,
  );
  report(kind, smallest.plan, smallest.fortune);
  const isSame = smallest.plan === plan;
  print('\nRun it alone:');
  print(
    `  npm run simulate -- ${kind.option === '' ? '' : `${kind.option} `}--seed ${first.seed} --only ${formatParts(smallest.parts)} --schedule ${kind.scheduleOf(smallest.plan)}`,
  );
  if (isSame) print('(Nothing could be left out.)');
  return 1;
};

/** Worlds on several threads, until one fails or all are done. */
const runAll = async (seed: number, worlds: number, jobs: number, kind: Share['kind']) => {
  const recorded: WorldResult[] = [];
  let steps = 0;
  let done = 0;
  const workers = Array.from({ length: jobs }, (_, job) => {
    const data: Share = { from: seed + job, to: seed + worlds, step: jobs, kind };
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

const reportWorld = async <P>(kind: WorldKind<P>, seed: number, plan: P): Promise<number> => {
  const fortune = await kind.run(plan);
  if (!fortune.broken)
    print(`World ${seed} kept every invariant (${fortune.steps} steps, trace ${fortune.trace}).`);
  return fortune.broken ? report(kind, plan, fortune) : 0;
};

/** The report of a failed world: its plan, its faults, its last effects. */
const report = <P>(kind: WorldKind<P>, plan: P, { broken }: Fortune): number => {
  print('');
  for (const line of kind.describe(plan)) print(line);
  print('\nWhat happened last:');
  for (const line of broken?.recent ?? []) print(`  ${line.slice(0, 200)}`);
  print(`\n${broken?.invariant ?? ''}: ${broken?.detail ?? ''}`);
  return 1;
};

const print = (text: string): void => void process.stdout.write(`${text}\n`);

if (isMainThread) process.exitCode = await main();
else {
  const data = workerData as Share;
  await KINDS[data.kind](data);
}
