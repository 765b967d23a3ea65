import { describe, expect, it } from '@jest/globals';
import { compareLines } from '../../../../shared/collect/verify/verify-lines.ts';

const flat = (id: unknown, fields: object = {}): string => JSON.stringify({ event_id: id, ...fields });
const ocsf = (uid: unknown, fields: object = {}): string => JSON.stringify({ metadata: { uid }, ...fields });

const [a = '', b = '', c = '', d = '', x = '', y = ''] = ['a', 'b', 'c', 'd', 'x', 'y'].map((id) => flat(id));

/** The differences of an object that should contain `a b c d`: `kind line: message`. */
const recorded = (stored: readonly string[], expected: readonly string[] = [a, b, c, d]): string[] =>
  compareLines(expected, stored).map(({ kind, line, message }) => `${kind} ${line}: ${message}`);

describe('the lines of an object', () => {
  it.each<[string, readonly string[], string[]]>([
    ['all of them', [a, b, c, d], []],
    ['the first missing', [b, c, d], ['line-missing 1: The event a is missing here.']],
    ['one missing', [a, c, d], ['line-missing 2: The event b is missing here.']],
    [
      'two missing in a row',
      [a, d],
      ['line-missing 2: The event b is missing here.', 'line-missing 3: The event c is missing here.'],
    ],
    ['the last missing', [a, b, c], ['line-missing 4: The event d is missing here.']],
    [
      'none at all',
      [],
      ['a', 'b', 'c', 'd'].map((id, index) => `line-missing ${index + 1}: The event ${id} is missing here.`),
    ],
    ['one twice', [a, b, b, c, d], ['line-added 3: The event b is an extra line.']],
    [
      'one three times',
      [a, b, b, b, c, d],
      ['line-added 3: The event b is an extra line.', 'line-added 4: The event b is an extra line.'],
    ],
    ['the last once more', [a, b, c, d, a], ['line-added 5: The event a is an extra line.']],
    [
      'one of another object in between',
      [a, x, b, c, d],
      ['line-forged 2: No row of the raw object produces the event x.'],
    ],
    [
      'one of another object behind',
      [a, b, c, d, x],
      ['line-forged 5: No row of the raw object produces the event x.'],
    ],
    [
      'one of another object in the place of one',
      [a, x, c, d],
      ['line-forged 2: No row of the raw object produces the event x.'],
    ],
    [
      'strangers only',
      [x, y],
      [
        'line-forged 1: No row of the raw object produces the event x.',
        'line-forged 2: No row of the raw object produces the event y.',
        'line-missing 3: The event c is missing here.',
        'line-missing 4: The event d is missing here.',
      ],
    ],
    [
      'one missing, and one of another object later',
      [a, c, x, d],
      [
        'line-missing 2: The event b is missing here.',
        'line-forged 3: No row of the raw object produces the event x.',
      ],
    ],
    [
      'two neighbours swapped',
      [a, c, b, d],
      [
        'line-moved 2: The event c belongs elsewhere in this object.',
        'line-moved 3: The event b belongs elsewhere in this object.',
      ],
    ],
    [
      'text that is no event in the place of one',
      [a, 'gone', c, d],
      ['line-changed 2: The event b is missing here, and this line is not an event.'],
    ],
    ['text that is no event in between', [a, 'gone', b, c, d], ['line-added 2: A line is an extra line.']],
    [
      'a list in the place of one',
      [a, '[1]', c, d],
      ['line-changed 2: The event b is missing here, and this line is not an event.'],
    ],
    [
      'one in another notation',
      [a, '{"event_id": "b"}', c, d],
      ['line-changed 2: The event b differs from the raw log in its formatting.'],
    ],
    [
      'one with a field too many',
      [a, flat('b', { note: 'x' }), c, d],
      ['line-changed 2: The event b differs from the raw log in note.'],
    ],
    [
      'one without its id',
      [a, '{"n":1}', c, d],
      ['line-changed 2: The event b differs from the raw log in event_id, n.'],
    ],
    [
      'one with the id of its neighbour',
      [a, flat('c', { n: 1 }), c, d],
      ['line-changed 2: The event b differs from the raw log in event_id, n.'],
    ],
    [
      'one changed, and another missing before it',
      [a, flat('c', { n: 1 }), d],
      [
        'line-changed 2: The event b differs from the raw log in event_id, n.',
        'line-missing 3: The event c is missing here.',
      ],
    ],
  ])('holds %s', (_, stored, expected) => {
    expect(recorded(stored)).toEqual(expected);
  });

  it.each<[string, object, object, string]>([
    ['a value', { n: 1, m: 2 }, { n: 1, m: 3 }, ' in m'],
    ['two values', { n: 1, m: 2 }, { n: 2, m: 3 }, ' in n, m'],
    ['a field removed', { n: 1, m: 2 }, { n: 1 }, ' in m'],
    ['a value deep within', { n: { k: [1] }, m: 2 }, { n: { k: [2] }, m: 2 }, ' in n'],
    ['fields in another order', { n: 1, m: 2 }, { m: 2, n: 1 }, ' in its formatting'],
  ])('describes how a line differs: %s', (_, should, is, words) => {
    const differences = compareLines([flat('e', should)], [flat('e', is)]);

    const message = `The event e differs from the raw log${words}.`;
    expect(differences).toEqual([{ kind: 'line-changed', line: 1, message }]);
  });

  it.each([
    ['flat', flat('e')],
    ['flat, where a row has a field of that name', flat('taken', { _connector: { event_id: 'e' } })],
    ['flat, where a row has fields of other names', flat('e', { _connector: { source: 'x' } })],
    ['OCSF', ocsf('e')],
  ])('identifies an event by its id: %s', (_, line) => {
    expect(recorded([], [line])).toEqual(['line-missing 1: The event e is missing here.']);
  });

  it.each([
    ['no id', '{}'],
    ['an id that is no text', flat(7)],
    ['no id in OCSF', ocsf(undefined)],
    ['no JSON', '{'],
  ])('has no name for a line with %s', (_, line) => {
    expect(recorded([], [line])).toEqual(['line-missing 1: A line is missing here.']);
    expect(recorded([a, line], [a])).toEqual(['line-added 2: A line is an extra line.']);
  });

  it('report the second of two equal rejected rows as missing', () => {
    expect(recorded(['null'], ['null', 'null'])).toEqual(['line-missing 2: A line is missing here.']);
    expect(recorded(['null', '0', 'null'], ['0', 'null', 'null'])).toEqual([
      'line-moved 1: A line belongs elsewhere in this object.',
      'line-moved 2: A line belongs elsewhere in this object.',
    ]);
  });
});
