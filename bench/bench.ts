import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { PARTS } from './parts.ts';
import { readResults, writeDocuments } from './report/documents.ts';
import { thisMachine } from './report/machine.ts';
import { PART_NAMES, type PartName, type Results } from './report/results.ts';
import { partsOf } from './report/tables.ts';
import { SCALES, type ScaleName } from './scale.ts';

interface Flags {
  readonly scale: ScaleName;
  readonly quick?: true;
  readonly full?: true;
  readonly write?: true;
}

const ROOT = join(import.meta.dirname, '..');

const command = new Command('bench')
  .description('Measure speed, memory and cost beside a program that does the least possible.')
  .addArgument(new Argument('[parts...]', 'Parts to measure (default: all)').choices(PART_NAMES))
  .addOption(
    new Option('--scale <name>', 'Size of the measurement').choices(Object.keys(SCALES)).default('default'),
  )
  .option('--quick', 'Smaller days: --scale quick')
  .option('--full', 'Everything, about an hour: --scale full')
  .option('--write', 'Write docs/benchmark.md, .svg and .json')
  .parse();

const flags = command.opts<Flags>();
const scale: ScaleName = flags.full ? 'full' : flags.quick ? 'quick' : flags.scale;
const wanted = (command.processedArgs[0] ?? []) as PartName[];
const names = wanted.length > 0 ? PART_NAMES.filter((name) => wanted.includes(name)) : PART_NAMES;
const report = (text: string): boolean => process.stderr.write(`${text}\n`);

/** Measures one part and returns it as results. */
const measured = async (name: PartName): Promise<Results> => {
  const figures = await PARTS[name](SCALES[scale], report);
  return { [name]: { on: thisMachine(new Date(), scale), figures } };
};

let results: Results = {};
for (const name of names) {
  results = { ...results, ...(await measured(name)) };
  process.stdout.write(`${name}\n\n${partsOf(results)[name]}\n\n`);
}
process.stdout.write(`aims\n\n${partsOf(results).aims}\n`);
if (flags.write) await writeDocuments(ROOT, { ...readResults(ROOT), ...results });
