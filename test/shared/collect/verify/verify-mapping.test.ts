import { beforeEach, describe, expect, it } from '@jest/globals';
import { objectKey } from '../../../../shared/contract/object-keys.ts';
import { project } from '../../../../shared/collect/log/projection.ts';
import { type LoggedRows, toLogged } from '../../../../shared/collect/log/slice-log.ts';
import { isNewer } from '../../../../shared/collect/verify/verify-mapping.ts';
import {
  type OtherMappings,
  PROJECTED,
  type Projected,
  verifyProjections,
} from '../../../../shared/collect/verify/verify-projections.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { isEnvelopeField, MAPPING_VERSION, OCSF_VERSIONS } from '../../../../shared/normalize/index.ts';
import { aSlice } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';
import { editLines } from '../../../support/tampering.ts';

type Fields = Record<string, unknown>;
type Edit = (event: Fields) => Fields;

const slice = aSlice();
const ACCOUNT = 'Sim-Account-000000000001';
const FORMATS = ['flat', 'ocsf'] as const;
const keyOf = (kind: Projected): string => objectKey(kind, slice, 0);

const rows = [
  anOperation({ operation_detail: 'one', event_id: 'theirs', office: { city: 'Bern' } }),
  anOperation({ operation_detail: 'two \ud83c', 'n\ud83c': '\udc00', time: '2026-11-18T09:00:01Z' }),
  anOperation({ operation_detail: 'three', dt: 'today', time: '2026-11-18T09:00:02Z' }),
  { operator: 'unpaired \ud83c' },
];
const logged: LoggedRows = {
  sequence: 0,
  commitTime: new Date('2026-11-18T12:00:00Z'),
  bytes: 1,
  rows: rows.map((row) => toLogged(identify(slice.stream, row), 0)),
};

const without = (fields: Fields, gone: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== gone));

/** A line of this release as mapping version 1 wrote it of the same row, which it may have classed otherwise. */
const AS_VERSION_1 = {
  flat: (event: Fields, row: Fields): Fields => {
    const ours = Object.entries(event).filter(
      ([name]) => isEnvelopeField(name) && name !== 'mapping_version',
    );
    const { dt, ...top } = row;
    const older: Fields = { ...Object.fromEntries(ours), area: 'sso', ...top };
    if (dt !== undefined) older['_row'] = { dt };
    if ('event_id' in row) older['_connector'] = { event_id: event['event_id'] };
    return older;
  },
  ocsf: (event: Fields, row: Fields): Fields => {
    return {
      ...event,
      class_uid: 3001,
      unmapped: without(event['unmapped'] as Fields, 'mapping_version'),
      raw_data: JSON.stringify(row),
    };
  },
} as const;

/** Puts a mapping version into a line. */
const naming =
  (format: (typeof FORMATS)[number], mapping: number): Edit =>
  (event) =>
    format === 'flat'
      ? { ...event, mapping_version: mapping }
      : { ...event, unmapped: { ...(event['unmapped'] as Fields), mapping_version: mapping } };

let store: MemoryStore;
beforeEach(async () => {
  store = new MemoryStore();
  await project(store, slice, logged, {
    formats: FORMATS,
    ocsfVersion: OCSF_VERSIONS[0],
    accountId: ACCOUNT,
  });
});

/** Turns lines into those of version 1; `edit` changes them as well. */
const makeOlder = (
  format: (typeof FORMATS)[number],
  edit: Edit = (event) => event,
  from = 0,
): Promise<void> =>
  editLines(store, keyOf(format), (lines) =>
    lines.map((line, index) =>
      index < from
        ? line
        : JSON.stringify(edit(AS_VERSION_1[format](JSON.parse(line) as Fields, rows[index] as Fields))),
    ),
  );

const verify = async (): Promise<{ recorded: string[]; counted: OtherMappings }> => {
  const stored = new Map<Projected, Buffer>();
  for (const kind of PROJECTED) stored.set(kind, (await store.read(keyOf(kind))) ?? Buffer.alloc(0));
  const counted: OtherMappings = new Map();
  const differences = await verifyProjections(
    slice,
    logged,
    stored,
    { formats: FORMATS, accountId: ACCOUNT },
    counted,
  );
  return { recorded: differences.map(({ kind, line, message }) => `${kind} ${line}: ${message}`), counted };
};

describe('lines of an older mapping', () => {
  it.each(FORMATS)(
    'are correct if their rows are, with any classification, and are counted: %s',
    async (format) => {
      await makeOlder(format);

      expect(await verify()).toEqual({ recorded: [], counted: new Map([[1, 3]]) });
    },
  );

  it.each(FORMATS)('may be mixed with lines of this one: %s', async (format) => {
    await makeOlder(format, undefined, 2);

    expect(await verify()).toEqual({ recorded: [], counted: new Map([[1, 1]]) });
  });

  it.each(FORMATS)('may name their mapping: %s', async (format) => {
    await makeOlder(format, naming(format, 1));

    expect(await verify()).toEqual({ recorded: [], counted: new Map([[1, 3]]) });
  });

  it.each<[string, (typeof FORMATS)[number], Edit, string]>([
    ['a field of the row', 'flat', (event) => ({ ...event, operator: 'x' }), 'operator'],
    ['a field deep within', 'flat', (event) => ({ ...event, office: { city: 'Basel' } }), 'office'],
    ['a field set aside', 'flat', (event) => ({ ...event, _row: { dt: 'x' } }), 'dt'],
    ['a field taken out', 'flat', (event) => without(event, 'action'), 'action'],
    ['a field put in', 'flat', (event) => ({ ...event, novelty: 1 }), 'novelty'],
    ['a field put in aside', 'flat', (event) => ({ ...event, _row: { novelty: 1 } }), 'novelty'],
    ['the time', 'flat', (event) => ({ ...event, event_time: '2026-11-18T08:00:00.000Z' }), 'event_time'],
    ['the account', 'flat', (event) => ({ ...event, account_id: 'x' }), 'account_id'],
    ['the row', 'ocsf', (event) => ({ ...event, raw_data: '{}' }), 'raw_data'],
    ['the row, which is no JSON', 'ocsf', (event) => ({ ...event, raw_data: '{' }), 'raw_data'],
    ['the row, taken out', 'ocsf', (event) => without(event, 'raw_data'), 'raw_data'],
    ['the time', 'ocsf', (event) => ({ ...event, time: 0 }), 'time'],
    [
      'the account',
      'ocsf',
      (event) => ({ ...event, metadata: { ...(event['metadata'] as Fields), tenant_uid: 'x' } }),
      'metadata.tenant_uid',
    ],
  ])('are reported with the field that differs: %s (%s)', async (_, format, edit, field) => {
    await makeOlder(format, edit);

    const { recorded } = await verify();

    expect(recorded.length).toBeGreaterThan(0);
    for (const words of recorded) {
      expect(words).toMatch(
        /^line-changed \d: The event [0-9a-f-]{36} \(mapping version 1\) differs from the raw log/,
      );
    }
    expect(
      recorded.some(
        (words) => words.endsWith(`differs from the raw log in ${field}.`) || words.includes(`${field},`),
      ),
    ).toBe(true);
  });

  it('may have a long row in the place for it', async () => {
    await makeOlder('ocsf', (event) => {
      const { raw_data, ...others } = event;
      return { ...others, unmapped: { ...(event['unmapped'] as Fields), raw_data } };
    });

    expect((await verify()).recorded).toEqual([]);
  });

  it('are reported if they have no place for a row at all', async () => {
    await makeOlder('ocsf', (event) => without(without(event, 'raw_data'), 'unmapped'));

    const { recorded } = await verify();

    expect(recorded.filter((words) => words.includes('differs from the raw log in raw_data.'))).toHaveLength(
      3,
    );
  });

  it('are reported with every field that differs', async () => {
    await makeOlder('flat', (event) => ({ ...event, account_id: 'x', action: 'y' }), 2);

    expect((await verify()).recorded).toEqual([
      expect.stringMatching(/differs from the raw log in account_id, action\.$/),
    ]);
  });

  it.each(FORMATS)('are reported if one is missing, moved, added or forged: %s', async (format) => {
    await makeOlder(format);
    const edited = async (edit: (lines: string[]) => string[]): Promise<string[]> => {
      const before = await store.read(keyOf(format));
      await editLines(store, keyOf(format), edit);
      const { recorded } = await verify();
      if (before) await store.replace(keyOf(format), before);
      return recorded.map((words) => words.split(' ')[0] ?? '');
    };
    const forged = (line = ''): string => line.replace(/[0-9a-f]{8}-[0-9a-f]{4}-5/, '00000000-0000-5');

    expect(await edited(([, ...others]) => others)).toEqual(['line-missing']);
    expect(await edited(([first = '', second = '', third = '']) => [second, first, third])).toContain(
      'line-moved',
    );
    expect(await edited((lines) => [...lines, lines[2] ?? ''])).toEqual(['line-added']);
    expect(await edited(([first, ...others]) => [forged(first), ...others])).toContain('line-forged');
  });

  it.each([0, -1, 1.5, '1', null])(
    'do not include lines with the version %j: these are compared with this mapping',
    async (version) => {
      await makeOlder('flat', (event) => ({ ...event, mapping_version: version }));

      const { recorded, counted } = await verify();

      expect(recorded.map((words) => words.slice(0, 14))).toEqual([
        'line-changed 1',
        'line-changed 2',
        'line-changed 3',
      ]);
      expect(counted.size).toBe(0);
    },
  );
});

describe('lines of a newer mapping', () => {
  it('are of a version after the one of this release', () => {
    expect([MAPPING_VERSION - 1, MAPPING_VERSION, MAPPING_VERSION + 1].map(isNewer)).toEqual([
      false,
      false,
      true,
    ]);
  });

  const NEWER =
    /^newer-mapping \d: .* written by a newer version of zoom-log-source \(mapping version 9\)\. Update, /;

  it.each(FORMATS)(
    'are one difference in each object, and are not counted as checked: %s',
    async (format) => {
      await makeOlder(format, naming(format, 9), 1);

      const { recorded, counted } = await verify();

      expect(recorded).toEqual([expect.stringMatching(NEWER)]);
      expect(recorded[0]).toMatch(/^newer-mapping 2: This line and 1 more were written/);
      expect(counted.size).toBe(0);
    },
  );

  it('are reported among lines of an older one, with any contents', async () => {
    await makeOlder('flat', (event) =>
      event['event_time'] === '2026-11-18T09:00:01.000Z'
        ? { ...event, mapping_version: 9, operator: 'x' }
        : event,
    );

    const { recorded, counted } = await verify();

    expect(recorded).toEqual([expect.stringMatching(/^newer-mapping 2: This line was written/)]);
    expect(counted).toEqual(new Map([[1, 2]]));
  });
});

it('a line of this mapping is compared in every field', async () => {
  await editLines(store, keyOf('flat'), (lines) =>
    lines.map((line) => line.replace('"area":', '"area":"x","was":')),
  );

  expect((await verify()).recorded).toHaveLength(3);
});

it('a rejected row may have half a surrogate pair, as before, or U+FFFD', async () => {
  expect((await verify()).recorded).toEqual([]);

  await editLines(store, keyOf('rejected'), () => [JSON.stringify(rows[3])]);
  expect((await verify()).recorded).toEqual([]);

  await editLines(store, keyOf('rejected'), () => ['{"operator":"x"}']);
  expect((await verify()).recorded).toHaveLength(1);
});
