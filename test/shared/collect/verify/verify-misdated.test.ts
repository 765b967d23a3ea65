import { beforeEach, expect, it } from '@jest/globals';
import { objectKey } from '../../../../shared/contract/object-keys.ts';
import { encodeRawObject } from '../../../../shared/collect/log/raw-object.ts';
import { type MisdatedRow, verifyMisdated } from '../../../../shared/collect/verify/verify-misdated.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { aSlice, day } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';

const stream = { source: 'quillmere', stream: 'operation' } as const;
const home = aSlice({ day: day('2026-11-17') });
const row = anOperation({ time: '2026-11-17T23:59:59Z' });
const other = anOperation({ time: '2026-11-17T23:59:58Z' });

/** A row of the 17th that is stored in the first object of another day. */
const misdatedRow = (date: number, of: unknown, occurrence = 0, line = 1): MisdatedRow => ({
  key: objectKey('raw', aSlice({ day: day(`2026-11-${date}`) }), 0),
  line,
  day: home.day,
  digest: identify('operation', of).digest,
  occurrence,
});

const repeated = ({ key, line }: MisdatedRow, otherKey: string) => ({
  kind: 'repeated-id',
  key,
  line,
  message: `The row is also in ${otherKey}, so one event id is delivered under two days.`,
});

let store: MemoryStore;
beforeEach(async () => {
  store = new MemoryStore();
  for (const [sequence, rows] of [[other], [row, row]].entries()) {
    const lines = rows.map((one) => ({ json: JSON.stringify(one) }));
    await store.replace(objectKey('raw', home, sequence), await encodeRawObject(lines, new Date(0)));
  }
});

it('names a row that is also stored under its own day, and where', async () => {
  const [a, b] = [misdatedRow(18, other, 0, 4), misdatedRow(18, row, 1, 5)];

  expect(await verifyMisdated(store, stream, [a, b])).toEqual([
    repeated(a, objectKey('raw', home, 0)),
    repeated(b, objectKey('raw', home, 1)),
  ]);
});

it('names a row that is stored under two other days', async () => {
  const lone = anOperation({ time: '2026-11-17T12:00:00Z' });
  const [a, b] = [misdatedRow(18, lone), misdatedRow(19, lone)];

  expect(await verifyMisdated(store, stream, [a, b])).toEqual([repeated(b, a.key)]);
});

it('accepts a further copy, which has another id, and a row of another day', async () => {
  const ofAnotherDay = { ...misdatedRow(18, row), day: day('2026-11-16') };

  expect(await verifyMisdated(store, stream, [misdatedRow(18, row, 2), ofAnotherDay])).toEqual([]);
});

it('continues if an object of the other day is damaged', async () => {
  await store.replace(objectKey('raw', home, 0), Buffer.from('x'));

  expect(await verifyMisdated(store, stream, [misdatedRow(18, other), misdatedRow(18, row)])).toHaveLength(1);
});

it('counts the rows after the tenth', async () => {
  const misdated = Array.from({ length: 12 }, (_, index) => misdatedRow(18, row, 0, index + 1));

  const differences = await verifyMisdated(store, stream, misdated);

  expect(differences).toHaveLength(11);
  expect(differences.at(-1)?.message).toBe('There are 2 more of this kind in this object.');
});
