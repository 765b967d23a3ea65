import { expect, it } from '@jest/globals';
import { envelopeOnTop } from '../../../shared/normalize/envelope-on-top.ts';

it('the envelope of an old line is above the fields of its row', () => {
  expect(envelopeOnTop({ event_id: 'theirs', note: 1, _connector: { event_id: 'ours' } })).toStrictEqual({
    event_id: 'ours',
    note: 1,
  });
});

it.each([{ event_id: 'ours' }, { _connector: 'text' }, { _connector: null }, {}])(
  'a line without such an envelope is unchanged: %j',
  (line) => {
    expect(envelopeOnTop(line)).toBe(line);
  },
);
