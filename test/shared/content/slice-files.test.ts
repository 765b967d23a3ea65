import { describe, expect, it } from '@jest/globals';
import type { CustodyRow } from '../../../shared/content/custody-row.ts';
import type { ListedFile } from '../../../shared/content/listed-file.ts';
import { fileOfRow } from '../../../shared/content/recording-rows.ts';
import { isGone, needsNoTransfer, itemsOf } from '../../../shared/content/slice-files.ts';
import { toListedRow } from '../../../shared/model/listed-row.ts';
import { aFileRow, custodyOf } from '../../support/builders/content.ts';

const DAY = '2026-11-10';
const row = aFileRow(DAY);
const listed = (change: object): ListedFile => {
  const file = fileOfRow(toListedRow({ ...row, ...change }).row);
  if (!file) throw new Error('the row has no file');
  return file;
};
const line = (state: string, hour: number, facts: object): CustodyRow =>
  custodyOf(row, new Date(`2026-11-20T${hour}:00:00.000Z`), { state, ...facts });
const refused = (reason: string, more: object = {}) =>
  line('failed', 10, { reason, message: 'x', final: true, day: '2026-11-20', requests: 1, ...more });
const IN_TRASH = { trashed: true };
const gone = line('gone', 11, { ordinal: 1, evidence: { kind: 'trash' } });
const back = line('back', 12, { ordinal: 1 });

describe('the files of a slice', () => {
  const after = (...custody: CustodyRow[]) => {
    const [item] = itemsOf([listed({ trashed: true })], custody).values();
    const [version] = item?.versions ?? [];
    if (!item || !version) throw new Error('no file');
    return { isGone: isGone(item), needsNoTransfer: needsNoTransfer(version) };
  };

  it('are settled if Zoom refuses them in its trash, and no more once they are listed again', () => {
    expect(after(gone, refused('missing', IN_TRASH))).toEqual({ isGone: true, needsNoTransfer: true });
    expect(after(gone, refused('missing', IN_TRASH), back)).toEqual({
      isGone: false,
      needsNoTransfer: false,
    });
    expect(after(gone, refused('page', IN_TRASH), back)).toEqual({ isGone: false, needsNoTransfer: false });
    expect(after(gone, back, refused('missing'))).toEqual({ isGone: false, needsNoTransfer: true });
  });

  it('stay settled if Zoom replaced them', () => {
    expect(after(gone, refused('replaced'), back)).toEqual({ isGone: false, needsNoTransfer: true });
  });
});
