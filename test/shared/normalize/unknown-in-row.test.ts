import { expect, it } from '@jest/globals';
import { unknownInRow } from '../../../shared/normalize/unknown-in-row.ts';
import { anActivity, anOperation } from './rows.ts';

it.each([
  ['operation', anOperation(), undefined, []],
  ['operation', anOperation({ category_type: ' AI Companion ', seat: 7 }), 'AI Companion', ['seat']],
  ['operation', anOperation({ category_type: 7 }), undefined, []],
  ['activity', anActivity({ category_type: 'AI Companion' }), undefined, ['category_type']],
  ['operation', 'no row', undefined, []],
] as const)('unknown categories and fields of a row are reported: %s %j', (stream, row, category, fields) => {
  expect(unknownInRow(stream, row)).toEqual({ category, fields });
});
