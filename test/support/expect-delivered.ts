import { expect } from '@jest/globals';
import type { ObjectStore } from '../../shared/collect/ports.ts';
import { eventIdOf } from '../../shared/model/event-id.ts';
import { identify } from '../../shared/model/raw-row.ts';
import { dayOf } from '../../shared/model/day.ts';
import type { StreamName } from '../../shared/model/stream.ts';
import { FlatEventSchema, OcsfEventSchema } from '../../shared/normalize/index.ts';
import { linesUnder, multiset, sequencesUnder } from './delivered.ts';
import { ocsfProblems } from './ocsf-schema.ts';
import { publishedSchemaProblems } from './published-schema.ts';

/** Expects every row in each format, exactly once, under the id that the specification gives it. */
export const expectDeliveredExactlyOnce = async (
  store: ObjectStore,
  source: string,
  stream: StreamName,
  listed: readonly unknown[],
): Promise<void> => {
  expect(multiset(await linesUnder(store, `raw/${stream}/source=${source}/`))).toEqual(multiset(listed));

  const expectedIds = idsOf(source, stream, listed);
  const flat = await linesUnder(store, `flat/${stream}/source=${source}/`);
  expect(flat.map((event) => FlatEventSchema.parse(event).event_id).sort()).toEqual(expectedIds);
  expect(flat.flatMap((event) => publishedSchemaProblems('flat', event))).toEqual([]);

  const ocsf = (await linesUnder(store, `ocsf/${stream}/source=${source}/`)).map((event) =>
    OcsfEventSchema.parse(event),
  );
  expect(ocsf.map(({ metadata }) => metadata.uid).sort()).toEqual(expectedIds);
  expect(multiset(ocsf.map(({ raw_data }): unknown => JSON.parse(raw_data ?? '')))).toEqual(multiset(listed));
  expect(ocsf.flatMap((event) => ocsfProblems(event))).toEqual([]);

  for (const kind of ['raw', 'flat', 'ocsf']) {
    for (const [folder, sequences] of await sequencesUnder(store, `${kind}/${stream}/source=${source}/`)) {
      expect([folder, sequences]).toEqual([folder, sequences.map((_, index) => index)]);
    }
  }
};

/** The ids that rows have by the specification, computed independently of the collector. */
export const idsOf = (source: string, stream: StreamName, rows: readonly unknown[]): string[] => {
  const copies = new Map<string, number>();
  return rows
    .map((row) => {
      const { digest, time } = identify(stream, row);
      const occurrence = copies.get(digest) ?? 0;
      copies.set(digest, occurrence + 1);
      return eventIdOf({ source, stream, day: dayOf(new Date(time)), digest, occurrence });
    })
    .sort();
};
