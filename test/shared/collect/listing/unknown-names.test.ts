import { describe, expect, it } from '@jest/globals';
import { UnknownNames } from '../../../../shared/collect/listing/unknown-names.ts';
import { toListedRow } from '../../../../shared/model/listed-row.ts';
import { anOperation, aSignIn } from '../../../support/builders/rows.ts';

const seen = (...rows: unknown[]): UnknownNames => {
  const tally = new UnknownNames('operation');
  tally.see(rows.map(toListedRow));
  return tally;
};

describe('unknown names', () => {
  it('are reported once, in the first spelling, in any case', () => {
    const tally = seen(
      anOperation({ category_type: 'AI Companion', seat: 1 }),
      anOperation({ category_type: 'ai companion', seat: 2, desk: 3 }),
      anOperation(),
      'no row',
    );

    expect(tally.categories).toEqual(['AI Companion']);
    expect(tally.fields).toEqual(['seat', 'desk']);
  });

  it('do not include known names', () => {
    expect(seen(anOperation()).categories).toEqual([]);
    const signIns = new UnknownNames('activity');
    signIns.see([toListedRow(aSignIn({ category_type: 'AI Companion' }))]);
    expect(signIns.categories).toEqual([]);
    expect(signIns.fields).toEqual(['category_type']);
  });

  it('are limited to twenty', () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      anOperation({ category_type: `Category ${index}`, [`field_${index}`]: 1 }),
    );

    expect(seen(...rows).categories).toHaveLength(20);
    expect(seen(...rows).fields).toHaveLength(20);
  });

  it('are truncated after a hundred letters, without characters that move the cursor', () => {
    const name = `\u001b[2J\u202e\u2028${'x'.repeat(200)}`;

    const [field = ''] = seen(anOperation({ [name]: 1 })).fields;

    expect(field).toBe(`·[2J··${'x'.repeat(94)}`);
  });
});
