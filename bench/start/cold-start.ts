import { spawnSync } from 'node:child_process';
import { scratchFolder } from '../scratch.ts';
import { type Bundle, BUNDLED_SOURCE, bundleFunctions } from './bundles.ts';

/** The size of a function, and the time of a new process until its handler can be called. */
export interface ColdStart extends Omit<Bundle, 'path'> {
  /** Milliseconds from the start of the process, one per round. */
  readonly readyMs: readonly number[];
  /** The same for an empty process, measured in turn. */
  readonly bareMs: readonly number[];
}

/** The environment of a deployment. None of it is used before the first event. */
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

/** Bundles the functions and starts each `rounds` times, in turn with an empty process. */
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

/** The age of a new process after it has run a script. */
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
