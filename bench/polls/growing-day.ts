import { DaySchema, endOf, startOf } from '../../shared/model/day.ts';
import { FORMATS } from '../../shared/normalize/index.ts';
import { childArgument } from '../child.ts';
import { BENCH_DAY } from '../day.ts';
import { setZoomClock } from '../zoom/living.ts';
import { onePoll } from './one-poll.ts';
import { openPolledFolder } from './polled-folder.ts';
import { type RunCost, sumCosts } from './run-cost.ts';

/** Polls a day at even intervals, the last time just after its end. Prints the total cost of the polls. */
const { folder, polls } = childArgument() as { folder: string; polls: number };
const day = DaySchema.parse(BENCH_DAY);
const [start, end] = [startOf(day).getTime(), endOf(day).getTime()];
let now = startOf(day);
const { connector, cost, close } = await openPolledFolder({
  folder,
  environment: process.env,
  source: 'bench',
  streams: ['operation'],
  formats: FORMATS,
  backfillDays: 0,
  now: () => now,
});
let delivered = 0;
const costs: RunCost[] = [];
for (let poll = 1; poll <= polls; poll += 1) {
  now = new Date(start + (poll * (end - start)) / polls);
  await setZoomClock(now);
  costs.push(await cost(async () => (delivered += await onePoll(connector))));
}
await close();
process.stdout.write(`${JSON.stringify({ ...sumCosts(costs), delivered })}\n`);
