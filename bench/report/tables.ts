import { evaluateAims } from './aims.ts';
import { dayTable, watchingTable } from './cost-tables.ts';
import { columns, markdownTable, NOT_MEASURED } from './markdown.ts';
import { growthTable, idleTable } from './poll-tables.ts';
import { PART_NAMES, type PartName, type Results } from './results.ts';
import { paceTable, startTable, throughputTable } from './speed-tables.ts';

/** What each part of the documents says, by the name of its mark. */
export const partsOf = (results: Results): Record<MarkName, string> => ({
  aims: aims(results),
  ...(Object.fromEntries(
    PART_NAMES.map((name) => [name, results[name] ? TABLES[name](results) : NOT_MEASURED]),
  ) as Record<PartName, string>),
  watching: results.day ? watchingTable(results) : NOT_MEASURED,
});

export type MarkName = PartName | 'aims' | 'watching';

/** Aims, and on what they were judged. */
const aims = (results: Results): string => {
  const table = markdownTable(
    columns(3, 'aim', 'measured', ''),
    evaluateAims(results).map(({ aim, measured, verdict }) => [aim, measured, `**${verdict}**`]),
  );
  return `${table}\n\n${machines(results)}`;
};

/** Where the figures come from: mostly one machine on one day. */
const machines = (results: Results): string => {
  const text = Map.groupBy(
    PART_NAMES.filter((name) => results[name]),
    (name) => {
      const { cpu, cores, memoryGb, platform, node, date, scale } = results[name]?.on ?? UNKNOWN;
      return `${date}, ${cpu}, ${cores} cores, ${memoryGb} GB, ${platform}, Node.js ${node}, scale \`${scale}\``;
    },
  );
  return [...text]
    .map(([on, names]) => `Measured ${on}${text.size > 1 ? ` (${names.join(', ')})` : ''}.`)
    .join('\n');
};

const UNKNOWN = { cpu: '', cores: 0, memoryGb: 0, platform: '', node: '', date: '', scale: '' };

const TABLES = {
  throughput: throughputTable,
  pace: paceTable,
  idle: idleTable,
  growth: growthTable,
  day: dayTable,
  start: startTable,
} as const satisfies Record<PartName, (results: Results) => string>;
