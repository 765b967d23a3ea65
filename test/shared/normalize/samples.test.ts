import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { StreamName } from '../../../shared/model/stream.ts';
import { eventToLine, FlatEventSchema, OCSF_VERSIONS } from '../../../shared/normalize/index.ts';
import { ocsfProblems } from '../../support/ocsf-schema.ts';
import { describeWithReference } from '../../support/reference.ts';
import { flatOf, ocsfOf, type Row } from './rows.ts';

const SAMPLES: [StreamName, string][] = [
  ['operation', 'zoom-operation-logs.jsonl'],
  ['activity', 'zoom-activities.jsonl'],
];

describeWithReference('the rows that Zoom is known to have sent', (folder) => {
  const samples = SAMPLES.flatMap(([stream, file]) =>
    readFileSync(join(folder, 'samples', file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ stream, line })),
  );

  it.each(samples)('become flat events that hold them unchanged: $stream $line', ({ stream, line }) => {
    const row = JSON.parse(line) as Row;
    const flat = flatOf(stream, row);

    expect(FlatEventSchema.safeParse(flat).error).toBeUndefined();
    expect(JSON.parse(eventToLine(flat))).toMatchObject(row);
  });

  it.each(samples)('become valid OCSF events: $stream $line', ({ stream, line }) => {
    for (const version of OCSF_VERSIONS) {
      expect(ocsfProblems(ocsfOf(stream, JSON.parse(line), version))).toEqual([]);
    }
  });
});
