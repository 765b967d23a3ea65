import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { accessTo } from '../emulator/aws.ts';
import { startAwsFront } from './aws-front.ts';
import { deployDemo, type DeployedDemo } from './deployed-demo.ts';

/**
 * `npm run try:reader -- NAME [PROGRAM]`: has a reader that people use read the demo's events from the real stack on an emulator,
 * until its queue is empty, and counts what it read. Without PROGRAM it is built with Go, from the module proxy.
 */
const READERS: Record<string, { words: (out: string) => string[]; idOf: (line: string) => string }> = {
  filebeat: {
    words: (out) => ['-e', '--strict.perms=false', '-c', configOf('filebeat.yml'), '--path.home', out],
    idOf: (line) => (JSON.parse(line) as { zoom: { event_id: string } }).zoom.event_id,
  },
  benthos: {
    words: () => ['-c', configOf('benthos.yaml')],
    idOf: (line) => (JSON.parse(line) as { event_id: string }).event_id,
  },
};
const LIMIT_MS = 180_000;
/** How long the queue must stay empty. */
const QUIET_MS = 10_000;

const configOf = (name: string): string => join(import.meta.dirname, '../../docs/readers/try', name);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const build = (name: string, out: string): string => {
  const program = join(out, name);
  say(`Building ${name} …`);
  const began = Date.now();
  const { status } = spawnSync('go', ['build', '-o', program, '.'], {
    cwd: join(import.meta.dirname, name),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${name} was not built`);
  say(`Built in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
  return program;
};

/** How many messages a queue holds, also those that are handed out. */
const waitingIn = async ({ emulator, queueUrl }: DeployedDemo): Promise<number> => {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await new SQSClient(accessTo(emulator)).send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] }),
  );
  return names.reduce((sum, name) => sum + Number(Attributes[name]), 0);
};

const linesIn = (out: string): string[] =>
  readdirSync(out)
    .filter((name) => name.startsWith('events'))
    .flatMap((name) => readFileSync(join(out, name), 'utf8').split('\n'))
    .filter((line) => line !== '');

const tryReader = async (name: string, given: string | undefined): Promise<boolean> => {
  const reader = READERS[name];
  if (!reader) throw new Error(`npm run try:reader -- ${Object.keys(READERS).join(' | ')} [PROGRAM]`);
  const out = mkdtempSync(join(tmpdir(), 'zoom-log-source-reader-'));
  const program = given ?? build(name, out);
  const demo = await deployDemo(say);
  const front = await startAwsFront(demo.emulator, out);
  const logFile = join(out, 'reader.log');
  const log = openSync(logFile, 'a');
  const queue = new URL(demo.queueUrl).pathname;
  const began = Date.now();
  const child = spawn(program, reader.words(out), {
    cwd: out,
    stdio: ['ignore', log, log],
    env: {
      PATH: process.env['PATH'] ?? '',
      ...demo.emulator.environment,
      AWS_ENDPOINT_URL: '',
      ...front.environment,
      QUEUE_URL: `https://sqs.${demo.emulator.region}.amazonaws.com${queue}`,
      OUT: out,
    },
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    say(`${await waitingIn(demo)} notices wait for ${name}.`);
    while ((await waitingIn(demo)) > 0 && Date.now() - began < LIMIT_MS) await sleep(500);
    const seconds = (Date.now() - began) / 1000;
    await sleep(QUIET_MS);
    child.kill('SIGTERM');
    await ended;

    const read = linesIn(out).map(reader.idOf);
    const delivered = new Set(demo.eventIds);
    const distinct = new Set(read);
    const missing = [...delivered].filter((id) => !distinct.has(id)).length;
    const foreign = [...distinct].filter((id) => !delivered.has(id)).length;
    say(`${name} emptied the queue in ${seconds.toFixed(0)} s; ${await waitingIn(demo)} notices are left.`);
    say(`It wrote ${read.length} events with ${distinct.size} ids; ${demo.eventIds.length} were delivered.`);
    say(`Missing: ${missing}. Not of ours: ${foreign}. Repeated: ${read.length - distinct.size}.`);
    const each = missing + foreign + (read.length - distinct.size) === 0;
    if (!each) say(readFileSync(logFile, 'utf8').slice(-4000));
    return each;
  } finally {
    child.kill('SIGKILL');
    front.close();
    await demo.close();
    rmSync(out, { recursive: true, force: true });
  }
};

const [name = '', program] = process.argv.slice(2);
const once = await tryReader(name, program);
say(once ? 'Each event once.' : 'NOT each event once.');
process.exitCode = once ? 0 : 1;
