import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Table from 'cli-table3';
import { PLAIN } from '../cli/table-style.ts';
import { ConnectorStack } from '../infra/connector-stack.ts';
import { createApp } from '../infra/create-app.ts';
import { readSourcesFile } from '../shared/model/sources-file.ts';

/** How big the deployed functions are, and how long one takes to be ready for its first event, beside a bare Node. */
const ROUNDS = 9;
const SOURCE = { name: 'acme', auth: 'oauth' };

const folder = mkdtempSync(join(tmpdir(), 'zoom-log-source-bench-'));
const app = createApp({ outdir: folder });
new ConnectorStack(app, readSourcesFile(JSON.stringify({ sources: [SOURCE] }), 'bench'));
app.synth();
const bundles = readdirSync(folder)
  .filter((name) => name.startsWith('asset.'))
  .map((name) => join(folder, name, 'index.mjs'));

const place = JSON.stringify({ acme: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:acme' });
const environment = {
  AWS_REGION: 'us-east-1',
  SOURCE: JSON.stringify(SOURCE),
  SOURCES: JSON.stringify([SOURCE]),
  BUCKET: 'bench',
  SECRETS: place,
  COLLECT_QUEUES: JSON.stringify({ acme: 'https://sqs.us-east-1.amazonaws.com/000000000000/acme' }),
  STACK: 'bench',
  WATCHED: JSON.stringify({ sources: [{ name: 'acme', auth: 'oauth' }], quietDays: [] }),
  POLLER_LOGS: JSON.stringify({ acme: 'bench' }),
  NOTICES_TOPIC: 'arn:aws:sns:us-east-1:000000000000:bench',
};

const startMs = (script: string): number => {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: environment,
  });
  if (status !== 0) throw new Error(stderr.toString());
  return Number(process.hrtime.bigint() - started) / 1e6;
};
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Which function a bundle is of: the name that its log lines carry stands in it. */
const nameOf = (code: Buffer): string =>
  ['drop-off-alarm', 'oauth-callback', 'poller'].find((name) => code.includes(`"${name}"`)) ?? 'unknown';

const table = new Table({
  ...PLAIN,
  head: ['FUNCTION', 'KB', 'KB GZIPPED', 'START (MS)', 'BARE NODE (MS)', 'RATIO'],
  colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
});
for (const bundle of bundles) {
  const code = readFileSync(bundle);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    bare: startMs(''),
    ours: startMs(
      `const { handler } = await import(${JSON.stringify(bundle)}); if (!handler) process.exit(1); process.exit(0);`,
    ),
  }));
  const [bare, ours] = [median(rounds.map((round) => round.bare)), median(rounds.map((round) => round.ours))];
  table.push([
    nameOf(code),
    Math.round(statSync(bundle).size / 1024),
    Math.round(gzipSync(code).length / 1024),
    ours.toFixed(0),
    bare.toFixed(0),
    median(rounds.map((round) => round.ours / round.bare)).toFixed(1),
  ]);
}
process.stdout.write(`Whole processes, medians of ${ROUNDS} pairs in turn.\n\n${table.toString()}\n`);
rmSync(folder, { recursive: true });
