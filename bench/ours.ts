import { connectLocally } from '../shared/connect-local.ts';

import { parseDay } from '../shared/model/day.ts';
import { FORMATS, OCSF_VERSIONS } from '../shared/normalize/index.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { BENCH_DAY, BENCH_NOW } from './day.ts';
import { measure } from './measured.ts';

/** Collects the day into an empty folder, all formats. Arguments: the folder. */
const [, , out = ''] = process.argv;
const day = parseDay(BENCH_DAY);
if (!day) throw new RangeError(BENCH_DAY);
const connector = await connectLocally({
  environment: process.env,
  out,
  source: 'bench',
  streams: ['operation'],
  formats: FORMATS,
  ocsfVersion: OCSF_VERSIONS[0],
  clock: clockFrom(new Date(BENCH_NOW)),
  random: () => 0.5,
});
await measure(async () => {
  const { outcomes, missing } = await connector.collectDays([day], new AbortController().signal);
  if (missing.length > 0) throw new Error(missing[0]?.message);
  return outcomes.reduce((sum, { delivered }) => sum + delivered, 0);
});
await connector.close();
