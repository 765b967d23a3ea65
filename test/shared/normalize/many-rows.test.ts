import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { STREAM_NAMES } from '../../../shared/model/stream.ts';
import { OCSF_VERSIONS } from '../../../shared/normalize/index.ts';
import { ocsfProblems } from '../../support/ocsf-schema.ts';
import { anyRow } from './any-row.ts';
import { ocsfOf } from './rows.ts';

const SEED = 20_261_128;

it('forty thousand rows with odd values become valid OCSF events of both releases', () => {
  fc.assert(
    fc.property(fc.constantFrom(...STREAM_NAMES), anyRow, (stream, row) => {
      for (const version of OCSF_VERSIONS) expect(ocsfProblems(ocsfOf(stream, row, version))).toEqual([]);
    }),
    { numRuns: 40_000, seed: SEED },
  );
});
