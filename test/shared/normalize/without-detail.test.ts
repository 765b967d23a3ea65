import { describe, expect, it } from '@jest/globals';
import { withoutDetail, withoutRepeats } from '../../../shared/normalize/without-detail.ts';
import { anActivity, anOperation, flatOf, ocsfOf } from './rows.ts';

const ROW = anOperation({
  category_type: 'User Group',
  operation_detail: 'Edit Group Blue  - Chat: from On to Off',
});
const NOTHING_READ = { status: 'none' };

describe('an event without what was read out of its detail', () => {
  it('is flat with an empty detail', () => {
    const event = flatOf('operation', ROW);

    expect(withoutDetail(event)).toEqual({ ...event, detail: NOTHING_READ });
  });

  it('is the same sign-in: what stands in its detail is the row’s', () => {
    const event = flatOf('activity', anActivity({ detail: 'mine' }));
    const plain = flatOf('activity', anActivity());

    expect(withoutDetail(event)).toBe(event);
    expect(withoutDetail(plain)).toBe(plain);
  });

  it('leaves the row its own detail where it has one', () => {
    const event = flatOf('operation', { ...ROW, detail: 'mine' });

    expect(withoutDetail(event)).toEqual({
      ...event,
      detail: 'mine',
      _connector: { ...event._connector, detail: NOTHING_READ },
    });
  });

  it('goes by our stream where the row has one of its own', () => {
    const event = flatOf('operation', { ...ROW, stream: 'activity' });
    const signIn = flatOf('activity', { ...anActivity(), stream: 'operation' });

    expect(withoutDetail(event)).toEqual({ ...event, detail: NOTHING_READ });
    expect(withoutDetail(signIn)).toBe(signIn);
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

describe('an event without what only repeats its row', () => {
  it('is flat without names and addresses', () => {
    const event = flatOf('operation', anOperation());

    const lighter = withoutRepeats(event);

    expect(Object.keys(event).filter((name) => !(name in lighter))).toEqual([
      'actor_name',
      'actor_email',
      'target_name',
      'target_email',
      'any_emails',
      'any_domain_names',
    ]);
    expect(event).toMatchObject(lighter);
    expect(withoutRepeats(flatOf('activity', anActivity({ email: 'Ann' })))).not.toHaveProperty(
      'any_usernames',
    );
  });

  it('keeps what the row has under one of these names', () => {
    const event = flatOf('operation', { ...anOperation(), actor_name: 'mine' });

    expect(withoutRepeats(event)).toEqual({ ...event, _connector: {} });
  });

  it('is OCSF without its message', () => {
    const { message, ...rest } = ocsfOf('operation', ROW);

    expect(message).toBeDefined();
    expect(withoutRepeats({ ...rest, message })).toStrictEqual(rest);
  });
});
