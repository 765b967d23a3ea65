import { beforeEach, describe, expect, it } from '@jest/globals';
import { objectKey } from '../../../../shared/contract/object-keys.ts';
import { type Mapping, project } from '../../../../shared/collect/log/projection.ts';
import { type LoggedRows, toLogged } from '../../../../shared/collect/log/slice-log.ts';
import {
  type ExpectedProjections,
  PROJECTED,
  type Projected,
  verifyProjections,
} from '../../../../shared/collect/verify/verify-projections.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { aSlice } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';
import { editLines, linesOf, pack } from '../../../support/tampering.ts';

const slice = aSlice();
const ACCOUNT = 'Sim-Account-000000000001';
const keyOf = (kind: Projected): string => objectKey(kind, slice, 3);

/** The fourth raw object of a day. */
const logged = (rows: readonly unknown[]): LoggedRows => ({
  sequence: 3,
  commitTime: new Date('2026-11-18T12:00:00Z'),
  bytes: 1,
  rows: rows.map((row) => toLogged(identify(slice.stream, row), 0)),
});
const placed = ['one', 'two'].map((operation_detail) => anOperation({ operation_detail }));
const withRejected = logged([null, ...placed]);
const withoutRejected = logged(placed);

let store: MemoryStore;
beforeEach(() => {
  store = new MemoryStore();
});

const make = async (rows: LoggedRows, mapping: Partial<Mapping> = {}): Promise<void> => {
  const whole: Mapping = { formats: ['flat', 'ocsf'], ocsfVersion: '1.8.0', accountId: ACCOUNT, ...mapping };
  await project(store, slice, rows, whole);
};

/** The differences of what is stored: `kind key[:line]: message`. */
const recorded = async (
  rows: LoggedRows,
  expected: Partial<ExpectedProjections> = {},
  damagedLines = 0,
): Promise<string[]> => {
  const stored = new Map<Projected, Buffer>();
  for (const kind of PROJECTED) {
    const bytes = await store.read(keyOf(kind));
    if (bytes) stored.set(kind, bytes);
  }
  const whole: ExpectedProjections = { formats: [], accountId: ACCOUNT, ...expected };
  const differences = await verifyProjections(slice, rows, stored, whole, new Map(), damagedLines);
  return differences.map(
    ({ kind, key, line, message }) => `${kind} ${key}${line === undefined ? '' : `:${line}`}: ${message}`,
  );
};

describe('the projections of a raw object', () => {
  it('are correct as they were written', async () => {
    await make(withRejected);

    expect(await recorded(withRejected, { formats: ['flat', 'ocsf'] })).toEqual([]);
  });

  describe('with a line that cannot be read in the raw object', () => {
    const [first] = placed;

    it('may have the event of that line', async () => {
      await make(withoutRejected);

      expect(await recorded(logged([first]), {}, 1)).toEqual([]);
      expect(await recorded(logged([first]))).toEqual([
        expect.stringMatching(/^line-forged flat/) as unknown as string,
        expect.stringMatching(/^line-forged ocsf/) as unknown as string,
      ]);
    });

    it('may have the rejected row of that line, and no more', async () => {
      await make(withRejected);
      const foreign = expect.stringMatching(/^foreign-object rejected/) as unknown as string;

      expect(await recorded(logged(placed), {}, 1)).toEqual([]);
      expect(await recorded(logged(placed))).toEqual([foreign]);
      await editLines(store, keyOf('rejected'), (lines) => [...lines, ...lines]);
      expect(await recorded(logged(placed), {}, 1)).toEqual([foreign]);
    });

    it('may not have a changed line in place of another', async () => {
      await make(logged([first]), { formats: ['flat'] });
      await editLines(store, keyOf('flat'), ([line = '']) => [line.replace('"area":', '"was":1,"area":')]);

      expect(await recorded(logged([first]), {}, 1)).toEqual([
        expect.stringMatching(/^line-changed flat/) as unknown as string,
      ]);
    });
  });

  it.each(PROJECTED)('are reported when damaged, with a remedy: %s', async (kind) => {
    await make(withRejected);
    await store.replace(keyOf(kind), Buffer.from('x'));

    expect(await recorded(withRejected, { formats: ['flat', 'ocsf'] })).toEqual([
      `damaged-object ${keyOf(kind)}: The object is damaged: it is not compressed in the collector's form. Move it away, and collect its day again to recreate it.`,
    ]);
  });

  it.each(PROJECTED)('are reported when missing, with a remedy: %s', async (kind) => {
    await make(withRejected);
    store.remove(keyOf(kind));

    expect(await recorded(withRejected, { formats: ['flat', 'ocsf'] })).toEqual([
      `missing-projection ${keyOf(kind)}: This object is missing, although the raw object of the same name has rows for it. Collect its day again to create it.`,
    ]);
  });

  it('are not required in a format that was not requested', async () => {
    await make(withRejected, { formats: ['ocsf'] });

    expect(await recorded(withRejected)).toEqual([]);
    expect(await recorded(withRejected, { formats: ['flat'] })).toHaveLength(1);
  });

  it('include no rejected rows if there are none', async () => {
    await make(withoutRejected);
    await store.replace(keyOf('rejected'), await pack(['null'], new Date(0)));

    expect(await recorded(withoutRejected)).toEqual([
      `foreign-object ${keyOf('rejected')}: The raw object of the same name has no row for it: it was added by hand.`,
    ]);
  });

  it.each(PROJECTED)('are compared line by line, even if not requested: %s', async (kind) => {
    await make(withRejected);
    await editLines(store, keyOf(kind), (lines) => lines.with(0, '{}'));

    const [difference] = await recorded(withRejected);

    expect(difference).toContain(`line-changed ${keyOf(kind)}:1: `);
  });

  it('have the time of the commit', async () => {
    await make(withoutRejected);
    const at = new Date('2026-11-18T12:00:01Z');
    await store.replace(keyOf('flat'), await pack(await linesOf(store, keyOf('flat')), at));

    expect(await recorded(withoutRejected)).toEqual([
      `time-changed ${keyOf('flat')}: Its header names 2026-11-18T12:00:01.000Z, but its rows were committed at 2026-11-18T12:00:00.000Z.`,
    ]);
  });
});

describe('the OCSF version', () => {
  it('is from the lines, from any that can be read', async () => {
    await make(withoutRejected, { formats: ['ocsf'], ocsfVersion: '1.1.0' });
    await editLines(store, keyOf('ocsf'), ([, second = '']) => ['{', second]);

    expect(await recorded(withoutRejected)).toEqual([
      expect.stringContaining(`line-changed ${keyOf('ocsf')}:1`),
    ]);
  });

  it.each([
    ['no line names one', () => '{}'],
    ['the lines name an unknown one', (line: string) => line.replace('"1.8.0"', '"9.9.9"')],
    ['a line holds no event', () => '"metadata"'],
  ])('is the newest, if %s', async (_, edit) => {
    await make(withoutRejected, { formats: ['ocsf'] });
    const [, second = ''] = await linesOf(store, keyOf('ocsf'));
    await editLines(store, keyOf('ocsf'), ([first = '']) => [edit(first), second]);

    expect(await recorded(withoutRejected)).toHaveLength(1);
  });
});

describe('the account', () => {
  it('is the known one', async () => {
    await make(withoutRejected, { formats: ['flat'] });

    const [first, ...others] = await recorded(withoutRejected, { accountId: 'another' });

    expect(first).toContain('differs from the raw log in account_id.');
    expect(others).toHaveLength(1);
  });

  const taking = logged([
    anOperation({ time: '2026-11-18T08:00:00Z', account_id: "the row's own" }),
    ...placed,
  ]);

  it.each<[string, LoggedRows, Partial<Mapping>]>([
    ['in flat', withRejected, { formats: ['flat'] }],
    ['in flat, where a row has a field of that name', taking, { formats: ['flat'] }],
    ['in OCSF', withRejected, { formats: ['ocsf'] }],
    ['nowhere', withRejected, { formats: [] }],
    ['empty', withRejected, { formats: ['flat'], accountId: '' }],
  ])('is that of the lines, if it is unknown: %s', async (_, rows, mapping) => {
    await make(rows, mapping);

    expect(await recorded(rows, { accountId: undefined })).toEqual([]);
  });

  it.each([
    ['another line', (lines: string[]) => lines.with(0, '{"account_id":7}')],
    ['the other format', (lines: string[]) => lines.map(() => '{')],
  ])('is that of %s, if none is given', async (_, edit) => {
    await make(withoutRejected);
    await editLines(store, keyOf('flat'), edit);

    const differences = await recorded(withoutRejected, { accountId: undefined });

    expect(differences[0]).toContain(`line-changed ${keyOf('flat')}:1: `);
    expect(differences.every((difference) => difference.includes(keyOf('flat')))).toBe(true);
  });

  it('is undefined if no line names one', async () => {
    await make(withoutRejected, { formats: ['flat'] });
    await editLines(store, keyOf('flat'), (lines) => lines.map(() => '{"account_id":7}'));

    expect(await recorded(withoutRejected, { accountId: undefined })).toHaveLength(2);
  });
});
