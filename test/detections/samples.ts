import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { StreamName } from '../../shared/model/stream.ts';
import type { SimulatedRow } from '../../simulator/index.ts';
import { DETECTIONS } from './detection-files.ts';

const RowSchema = z.looseObject({ time: z.iso.datetime() });
/** A row that comes again and again: `{n}` in a text is its number. */
const SeriesSchema = z.strictObject({
  repeat: z.int().min(2),
  every_seconds: z.int().min(0),
  row: RowSchema,
});
const SampleSchema = z.strictObject({
  why: z.string().min(1),
  /** How often the detection fires, if not once. */
  hits: z.int().min(2).optional(),
  rows: z.array(z.union([SeriesSchema, RowSchema])).min(1),
});
const SamplesSchema = z.strictObject({
  fires: z.array(SampleSchema).min(2),
  stays_quiet: z.array(SampleSchema).min(3),
});

/** One history of a Zoom account, and how often a detection has to fire at it. */
export interface Scenario {
  readonly detection: string;
  readonly why: string;
  readonly hits: number;
  /** Each row has its scenario's name in a field of its own, which events keep, and people of its scenario's domain. */
  readonly rows: readonly SimulatedRow[];
  /** Its name among all scenarios. */
  readonly scenario: string;
}

/** What must fire at a detection, and what must not, in the order of the files. */
export const readScenarios = (detections: readonly string[]): Scenario[] =>
  detections
    .flatMap((detection) => {
      const file = join(DETECTIONS, 'samples', `${detection}.json`);
      const { fires, stays_quiet: quiet } = SamplesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      return [
        ...fires.map((sample) => ({ detection, ...sample, hits: sample.hits ?? 1 })),
        ...quiet.map((sample) => ({ detection, ...sample, hits: 0 })),
      ];
    })
    .map((sample, index) => {
      const scenario = `scenario-${index}`;
      const rows = sample.rows.flatMap(unrolled).map((row) => ({
        stream: streamOf(row),
        row: { ...(JSON.parse(ownPeople(row, scenario)) as Row), scenario },
      }));
      return { ...sample, rows, scenario };
    });

/** No person acts in two scenarios, so that they can share an account. */
const ownPeople = (row: Row, scenario: string): string =>
  JSON.stringify(row).replaceAll(/@quillmere\.example/gi, `@${scenario}.quillmere.example`);

type Row = z.infer<typeof RowSchema>;

const unrolled = (entry: Row | z.infer<typeof SeriesSchema>): Row[] => {
  const series = SeriesSchema.safeParse(entry).data;
  if (!series) return [RowSchema.parse(entry)];
  const start = new Date(series.row.time).getTime();
  return Array.from({ length: series.repeat }, (_, index) => ({
    ...(JSON.parse(JSON.stringify(series.row).replaceAll('{n}', String(index + 1))) as Row),
    time: new Date(start + index * series.every_seconds * 1000).toISOString().replace('.000', ''),
  }));
};

const streamOf = (row: Row): StreamName => ('category_type' in row ? 'operation' : 'activity');
