import { describe, expect, it } from '@jest/globals';
import { withoutDetail } from '../../../shared/normalize/without-detail.ts';
import { anActivity, anOperation, flatOf, ocsfOf } from './rows.ts';

const ROW = anOperation({
  category_type: 'User Group',
  operation_detail: 'Edit Group Blue  - Chat: from On to Off',
});
const NOTHING_READ = { status: 'none' };

describe('an event without the fields parsed from its detail', () => {
  it('is flat with an empty detail', () => {
    const event = flatOf('operation', ROW);

    expect(withoutDetail(event)).toEqual({ ...event, detail: NOTHING_READ });
  });

  it('is the same sign-in: its detail is from the row', () => {
    const event = flatOf('activity', anActivity({ detail: 'mine' }));
    const plain = flatOf('activity', anActivity());

    expect(withoutDetail(event)).toBe(event);
    expect(withoutDetail(plain)).toBe(plain);
  });

  it('is OCSF without settings, before and after', () => {
    const event = ocsfOf('operation', ROW);
    const expected = structuredClone(event);
    delete expected.entity_result;
    delete expected.entity?.data;
    expected.unmapped = { ...event.unmapped, detail: NOTHING_READ };

    expect(withoutDetail(event)).toStrictEqual(expected);
  });

  it('is the same OCSF sign-in', () => {
    for (const row of [anActivity(), anActivity({ client_type: '', version: '' })]) {
      const event = ocsfOf('activity', row);

      expect(withoutDetail(event)).toStrictEqual(event);
    }
  });
});
