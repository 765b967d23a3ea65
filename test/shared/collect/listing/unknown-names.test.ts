import { describe, expect, it } from '@jest/globals';
import { UnknownNames } from '../../../../shared/collect/listing/unknown-names.ts';
import { toListedRow } from '../../../../shared/model/listed-row.ts';
import { anOperation, aSignIn } from '../../../support/rows.ts';

const seen = (...rows: unknown[]): UnknownNames => {
  const tally = new UnknownNames('operation');
  tally.see(rows.map(toListedRow));
  return tally;
};

describe('what a release has never heard of', () => {
  it('is told once, as it came first, however its letters are cased', () => {
    const tally = seen(
      anOperation({ category_type: 'AI Companion', seat: 1 }),
      anOperation({ category_type: 'ai companion', seat: 2, desk: 3 }),
      anOperation(),
      'no row',
    );

    expect(tally.categories).toEqual(['AI Companion']);
    expect(tally.fields).toEqual(['seat', 'desk']);
  });

  it('is nothing of what is known', () => {
    expect(seen(anOperation()).categories).toEqual([]);
    const signIns = new UnknownNames('activity');
    signIns.see([toListedRow(aSignIn({ category_type: 'AI Companion' }))]);
    expect(signIns.categories).toEqual([]);
    expect(signIns.fields).toEqual(['category_type']);
  });

  it('is told of no more than twenty names', () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      anOperation({ category_type: `Category ${index}`, [`field_${index}`]: 1 }),
    );

    expect(seen(...rows).categories).toHaveLength(20);
    expect(seen(...rows).fields).toHaveLength(20);
  });

  it('is cut after a hundred letters, and holds nothing that moves a reader’s cursor', () => {
    const name = `\u001b[2J\u202e\u2028${'x'.repeat(200)}`;

    const [field = ''] = seen(anOperation({ [name]: 1 })).fields;

    expect(field).toBe(`·[2J··${'x'.repeat(94)}`);
  });
});
