import { createLocalConnector } from '../../shared/app/local.ts';
import type { Day } from '../../shared/model/day.ts';
import { FORMATS, OCSF_VERSIONS } from '../../shared/normalize/index.ts';
import { clockFrom } from '../../shared/runtime/clock.ts';
import { childArgument } from '../child.ts';
import { BENCH_NOW } from '../day.ts';
import { measure } from '../measured.ts';

/** Collects days into an empty folder, all formats. */
const { folder, days } = childArgument() as { folder: string; days: readonly Day[] };
const connector = await createLocalConnector({
  environment: process.env,
  out: folder,
  source: 'bench',
  streams: ['operation'],
  formats: FORMATS,
  ocsfVersion: OCSF_VERSIONS[0],
  clock: clockFrom(new Date(BENCH_NOW)),
  random: () => 0.5,
});
await measure(async () => {
  const { outcomes, missing } = await connector.collectDays(days, new AbortController().signal);
  if (missing.length > 0) throw new Error(missing[0]?.message);
  const rows = outcomes.reduce((sum, { delivered }) => sum + delivered, 0);
  return { rows, requests: connector.requests };
});
await connector.close();
