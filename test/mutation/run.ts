import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { ROOMS, scoresOf, tableOf } from './score.ts';
import { reviewSurvivors, readReasons } from './survivors.ts';

/** `npm run mutation [-- --room health]`: fails if a mutant survives without a reason in survivors.json. */
const { room, file, incremental } = parseArgs({
  options: {
    room: { type: 'string' },
    file: { type: 'string' },
    incremental: { type: 'boolean', default: false },
  },
}).values;

const rooms = room === undefined ? ROOMS : ROOMS.filter((name) => name === room);
if (rooms.length === 0) throw new Error(`There is no room "${room ?? ''}": ${ROOMS.join(', ')}.`);
const mutate = file === undefined ? rooms.map((name) => `shared/${name}/**/*.ts`) : [file];

const report = `.mutation/${(file ?? room ?? 'all').replaceAll(/[^a-z]+/g, '-')}`;
const startedAt = performance.now();
const results = await new Stryker({
  configFile: 'test/mutation/stryker.config.js',
  mutate,
  incremental,
  incrementalFile: `${report}.incremental.json`,
  jsonReporter: { fileName: `${report}.json` },
  htmlReporter: { fileName: `${report}.html` },
}).runMutationTest();
const minutes = (performance.now() - startedAt) / 60_000;

const { unexplained, superfluous, tally } = reviewSurvivors(results, readReasons(), mutate);
process.stdout.write(`\n${tableOf(scoresOf(results))}\n\n${minutes.toFixed(1)} minutes.\n`);
for (const [why, count] of tally) process.stdout.write(`${String(count).padStart(4)} survive: ${why}\n`);
for (const line of unexplained)
  process.stdout.write(`Survives without a reason in survivors.json: ${line}\n`);
for (const line of superfluous)
  process.stdout.write(`Does not survive, take it out of survivors.json: ${line}\n`);
process.exitCode = unexplained.length + superfluous.length > 0 ? 1 : 0;
