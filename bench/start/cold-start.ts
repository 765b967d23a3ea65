import { spawnSync } from 'node:child_process';
import { scratchFolder } from '../scratch.ts';
import { type Bundle, BUNDLED_SOURCE, bundleFunctions } from './bundles.ts';

/** How big a function is, and how long a new process takes until its handler could be called. */
export interface ColdStart extends Omit<Bundle, 'path'> {
  /** From the start of the process, in milliseconds; a round each. */
  readonly readyMs: readonly number[];
  /** Of a process that runs nothing, in turn with those. */
  readonly bareMs: readonly number[];
}

/** As a deployment tells the functions; none of it is asked for before the first event. */
const place = JSON.stringify({ acme: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:acme' });
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  SOURCE: JSON.stringify(BUNDLED_SOURCE),
  SOURCES: JSON.stringify([BUNDLED_SOURCE]),
  BUCKET: 'bench',
  SECRETS: place,
  COLLECT_QUEUES: JSON.stringify({ acme: 'https://sqs.us-east-1.amazonaws.com/000000000000/acme' }),
  STACK: 'bench',
  WATCHED: JSON.stringify({ sources: [BUNDLED_SOURCE], quietDays: [] }),
  POLLER_LOGS: JSON.stringify({ acme: 'bench' }),
  NOTICES_TOPIC: 'arn:aws:sns:us-east-1:000000000000:bench',
  NODE_OPTIONS: '--enable-source-maps',
};

/** Bundles the functions and starts each so often, in turn with a process that runs nothing. */
export const measureColdStarts = (rounds: number, report: (text: string) => void): ColdStart[] => {
  using folder = scratchFolder();
  report('bundling the functions');
  return bundleFunctions(folder.path).map(({ path, ...bundle }) => {
    report(`starting ${bundle.name}`);
    const ready = `const { handler } = await import(${JSON.stringify(path)}); if (typeof handler !== 'function') throw new Error('It has no handler.');`;
    const each = Array.from({ length: rounds }, () => ({ bare: startMs(''), ready: startMs(ready) }));
    return { ...bundle, readyMs: each.map((one) => one.ready), bareMs: each.map((one) => one.bare) };
  });
};

/** What a new process says of how long it has lived when it has run a script. */
const startMs = (script: string): number => {
  const received = `${script}; process.stdout.write(String(performance.now())); process.exit(0);`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', received],
    {
      env: ENVIRONMENT,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
};
