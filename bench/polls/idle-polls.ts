import { STREAM_NAMES } from '../../shared/model/stream.ts';
import { FORMATS } from '../../shared/normalize/index.ts';
import { childArgument } from '../child.ts';
import { onePoll } from './one-poll.ts';
import { openPolledFolder } from './polled-folder.ts';
import type { RunCost } from './run-cost.ts';

/** Polls at several instants in one process. Prints the cost of each poll, and the number of delivered rows. */
const { folder, moments } = childArgument() as { folder: string; moments: readonly string[] };
let now = new Date(moments[0] ?? 0);
const { connector, cost, close } = await openPolledFolder({
  folder,
  environment: process.env,
  source: 'bench',
  streams: STREAM_NAMES,
  formats: FORMATS,
  backfillDays: 0,
  now: () => now,
});
const costs: RunCost[] = [];
let delivered = 0;
for (const moment of moments) {
  now = new Date(moment);
  costs.push(await cost(async () => (delivered += await onePoll(connector))));
}
await close();
process.stdout.write(`${JSON.stringify({ costs, delivered })}\n`);
