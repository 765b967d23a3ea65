import { describe, expect, it } from '@jest/globals';
import { parseBuiltInQuery } from '../../../shared/query/built-in-query.ts';

describe('a built-in query', () => {
  it('is described by its comments: a title, the question, and notes on the result', () => {
    const sql = '-- Doors\n-- Who opened one?\n-- Front doors only.\n-- Back doors never.\nSELECT 1 -- one\n';

    expect(parseBuiltInQuery('doors', sql)).toEqual({
      name: 'doors',
      title: 'Doors',
      question: 'Who opened one?',
      notes: 'Front doors only. Back doors never.',
      sql,
    });
  });

  it.each(['SELECT 1\n', '-- Doors\nSELECT 1\n', '-- \n-- Who opened one?\nSELECT 1\n', ''])(
    'is refused without them: %j',
    (sql) => {
      expect(() => parseBuiltInQuery('doors', sql)).toThrow('doors: must begin with two comments');
    },
  );
});
