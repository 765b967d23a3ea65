import { expect, it } from '@jest/globals';
import { isDocumented } from '../../../shared/normalize/documented-fields.ts';
import { anActivity, anOperation } from './rows.ts';

it.each([
  ['operation', anOperation(), true],
  ['operation', anOperation({ operator: undefined }), true],
  ['operation', anOperation({ office: 'Bern' }), false],
  ['operation', anActivity(), false],
  ['activity', anActivity(), true],
  ['activity', anOperation(), false],
] as const)('a row has documented fields alone, or not: %s %j', (stream, row, expected) => {
  expect(isDocumented(stream, row)).toBe(expected);
});
