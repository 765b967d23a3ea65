import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lineToListedRow } from '../../../shared/model/listed-row.ts';
import { STREAM_NAMES } from '../../../shared/model/stream.ts';
import {
  eventToLine,
  FORMATS,
  OCSF_VERSIONS,
  parsedRowToFlat,
  parsedRowToLine,
  parsedRowToOcsf,
  parseRow,
  toJson,
} from '../../../shared/normalize/index.ts';
import { anyRow } from './any-row.ts';
import { anActivity, anOperation, PROVENANCE, parsedRowOf, type Row } from './rows.ts';

const PROVENANCES = [PROVENANCE, { ...PROVENANCE, accountId: 'a\u2028b' }];

/** How JSON writes half a surrogate pair. */
const HALF = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/** Compares the short way with the long one: the same bytes, in every format. */
const expectTheLine = (stream: (typeof STREAM_NAMES)[number], row: unknown): void => {
  const parsedRow = parseRow(stream, row);
  if (!parsedRow) return;
  for (const provenance of PROVENANCES) {
    const written = { parsedRow, rowJson: toJson(row), provenance };
    for (const version of OCSF_VERSIONS) {
      expect(parsedRowToLine('flat', written, version)).toBe(
        eventToLine(parsedRowToFlat(parsedRow, provenance)),
      );
      expect(parsedRowToLine('ocsf', written, version)).toBe(
        eventToLine(parsedRowToOcsf(parsedRow, provenance, version)),
      );
    }
  }
};

describe('the line of a parsed row', () => {
  const manyItems = `Meeting  - ${Array.from({ length: 3_500 }, () => 'A: from 1 to 2').join(' - ')}`;
  const long = 'Meeting  - Topic: from x to ' + 'ü'.repeat(70_000);

  it.each<[string, Row]>([
    ['of documented fields alone', anOperation()],
    ['with a field of its own', anOperation({ office: 'Bern' })],
    ['with a field of one of our names', anOperation({ event_id: 'theirs' })],
    ['with a name that other readers keep for themselves', anOperation({ dt: 'today' })],
    ['whose names are numbers', anOperation({ 1: 'one', 0: 'nought' })],
    ['with what readers break lines at', anOperation({ operator: 'a\u2028b' })],
    ['with half a character', anOperation({ operator: 'a\ud800b' })],
    ['with quotes and backslashes', anOperation({ operator: '"\\u2028"' })],
    ['longer than OCSF 1.1.0 allows', anOperation({ operator: 'x'.repeat(65_536) })],
    ['longer than that in a language of more bytes', anOperation({ operation_detail: long })],
    ['longer than readers take', anOperation({ operation_detail: long.repeat(3) })],
    ['whose detail makes it longer', anOperation({ operation_detail: manyItems })],
  ])('of a row %s is that of its event', (_, row) => {
    expectTheLine('operation', row);
  });

  it('of a sign-in is that of its event', () => {
    expectTheLine('activity', anActivity());
  });

  it.each([100, 65_535])(
    'holds the very text of its row, which is not written again: %d characters',
    (length) => {
      const row = { time: '2026-03-04T05:06:07Z', operator: '' };
      const written = JSON.stringify(row, null, ' ').replaceAll('\n', '');
      const rowJson = written.replace('""', `"${'x'.repeat(length - written.length)}"`);
      const parsedRow = parsedRowOf('operation', JSON.parse(rowJson));

      for (const version of OCSF_VERSIONS) {
        const [flat, ocsf] = (['flat', 'ocsf'] as const).map((format) =>
          parsedRowToLine(format, { parsedRow, rowJson, provenance: PROVENANCE }, version),
        );
        expect(flat?.endsWith(`,${rowJson.slice(1)}\n`)).toBe(true);
        expect(JSON.parse(ocsf ?? '')).toMatchObject({ raw_data: rowJson });
      }
    },
  );

  it('of a row with a name twice has it once, and the whole row as a text', () => {
    const rowJson = '{"time":"2026-03-04T05:06:07Z","operator":"first","operator":"last"}';
    const parsedRow = parsedRowOf('operation', JSON.parse(rowJson));
    const written = { parsedRow, rowJson, repeatsName: true, provenance: PROVENANCE };

    for (const version of OCSF_VERSIONS) {
      const flat = parsedRowToLine('flat', written, version);
      expect(flat).toBe(eventToLine(parsedRowToFlat(parsedRow, PROVENANCE)));
      expect(flat.split('"operator":')).toHaveLength(2);
      const ocsf: unknown = JSON.parse(parsedRowToLine('ocsf', written, version));
      expect(ocsf).toMatchObject({ raw_data: rowJson, actor: { user: { name: 'last' } } });
    }
  });

  it.each([
    ['of documented fields', '{"time":"2026-03-04T05:06:07Z","operator":1.0,"action":-0}'],
    ['with fields of its own', '{"time":"2026-03-04T05:06:07Z","seats":12345678901234567890,"most":1e400}'],
    ['that goes aside', '{"time":"2026-03-04T05:06:07Z","dt":{"a":[1.50]}}'],
    ['that is written the long way', '{"time":"2026-03-04T05:06:07Z","operator":"\\u00fc","seats":1.0}'],
  ])('has numbers as its row has them: %s', (_, rowJson) => {
    const listed = lineToListedRow(rowJson);
    if (typeof listed === 'string') throw new RangeError(listed);
    const written = { parsedRow: parsedRowOf('operation', listed.row), rowJson, provenance: PROVENANCE };

    const [flat, ocsf] = (['flat', 'ocsf'] as const).map((format) =>
      parsedRowToLine(format, written, '1.8.0'),
    );

    for (const number of rowJson.match(/(?<=[:[])-?\d[^,}\]]*/g) ?? []) {
      expect(flat).toContain(number);
      expect((JSON.parse(ocsf ?? '') as { raw_data: string }).raw_data).toContain(number);
    }
  });

  it('has no half of a surrogate pair, in no text and no name, however deep', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STREAM_NAMES), anyRow, (stream, row) => {
        const parsedRow = parsedRowOf(stream, row);
        for (const provenance of [PROVENANCE, { ...PROVENANCE, accountId: 'a\ud83c' }]) {
          const written = { parsedRow, rowJson: toJson(row), provenance };
          for (const version of OCSF_VERSIONS) {
            for (const format of FORMATS) {
              const line = parsedRowToLine(format, written, version);
              const { raw_data = '' } = JSON.parse(line) as { raw_data?: string };
              expect([line, raw_data].filter((text) => HALF.test(text))).toEqual([]);
            }
          }
        }
      }),
    );
  });

  it('of any row is that of its event', () => {
    fc.assert(fc.property(fc.constantFrom(...STREAM_NAMES), anyRow, expectTheLine));
  });
});
