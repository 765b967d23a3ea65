import { describe, expect, it } from '@jest/globals';
import { wellFormed, wellFormedJson } from '../../../shared/model/well-formed.ts';
import { emailsIn } from '../../../shared/normalize/email.ts';
import { ipAddressesIn } from '../../../shared/normalize/ip-address.ts';
import { itemsToChanges } from '../../../shared/normalize/items-to-changes.ts';
import { rowToFlat } from '../../../shared/normalize/row-to-flat.ts';
import { snakeCased } from '../../../shared/normalize/text.ts';
import { growthOf, MOST_OF_LINEAR } from '../../support/growth.ts';
import { anOperation, parsedRowOf } from './rows.ts';

const SIZE = 16_384;

const repeated = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** How the work over a text of such units grows. The text is made beforehand, and ends in an address. */
const growthOver = (unit: string, work: (text: string) => unknown): number =>
  growthOf((size) => {
    const text = `${repeated(unit, size)}@b.cd`;
    return () => work(text);
  }, SIZE);

describe('the work that a hostile text makes grows as the text does', () => {
  it.each([
    ...[' - ', ': ', ':', ' to ', ': from ', ': set to ', 'On to ', 'A: - ', 'A - ', 'A: from B to C - '],
    ...['A: from On to Off - Lock: On - ', 'A: from B to C to ', '- :', ' '],
  ])('in the items of a detail: %j', (unit) => {
    const read = (size: number) => {
      const texts = ['', 'A: '].map((start) => start + repeated(unit, size));
      return () => texts.map(itemsToChanges);
    };

    expect(growthOf(read, SIZE)).toBeLessThan(MOST_OF_LINEAR);
  });

  it.each([
    ...[
      ' - ',
      '  - ',
      ' to ',
      'a to ',
      ' to group a',
      'a for ',
      'for ',
      'user ',
      'a@b.cd, ',
      ' - Lock: ',
      ' from ',
      '&amp;',
      '&',
      'a ',
    ],
    ...[' - Current State: ', ' - Previous State: ', 'view, ', '<', 'é', '\u00a0', '\n'],
  ])('in a detail: %j', (unit) => {
    const starts = [
      '',
      'Add User ',
      'Copy Role ',
      'Change account setting ',
      'Assign ',
      'Unlock setting ',
      'A  - B: ',
    ];
    const read = (size: number) => {
      const rows = starts.map((start) => anOperation({ operation_detail: start + repeated(unit, size) }));
      return () => rows.map((row) => parsedRowOf('operation', row));
    };

    expect(growthOf(read, SIZE)).toBeLessThan(MOST_OF_LINEAR);
  });

  it.each(['a ', 'only ', 'recording ', 'allow ', 'password ', 'at least '])(
    'in the name of a setting: %j',
    (unit) => {
      const read = (size: number) => {
        const row = anOperation({ operation_detail: `Security  - ${repeated(unit, size)}: from On to Off` });
        return () => parsedRowOf('operation', row);
      };

      expect(growthOf(read, SIZE)).toBeLessThan(MOST_OF_LINEAR);
    },
  );

  it.each(['@', 'a@', 'a@a.a', '.', "'", 'a', '-@-', 'a.'])(
    'in a search for e-mail addresses: %j',
    (unit) => {
      expect(growthOver(unit, emailsIn)).toBeLessThan(MOST_OF_LINEAR);
    },
  );

  it.each(['1', '1.', ':', '::1,', '[', '1.1.1.1,', '%', ' '])('in a search for IP addresses: %j', (unit) => {
    expect(growthOver(unit, ipAddressesIn)).toBeLessThan(MOST_OF_LINEAR);
  });

  it.each([' ', 'a ', '-_'])('in a generated name: %j', (unit) => {
    expect(growthOver(unit, snakeCased)).toBeLessThan(MOST_OF_LINEAR);
  });

  it.each(['\\', '\\u', '\\ud83c', '\\\\ud83c'])('in JSON that is made well-formed: %j', (unit) => {
    expect(growthOver(unit, wellFormedJson)).toBeLessThan(MOST_OF_LINEAR);
  });
});

it('the work that many fields make grows as they do, also where their names become one, or fold to one', () => {
  const half = (index: number): string => String.fromCharCode(0xd800 + (index % 0x400));
  const flatten = (size: number) => {
    const names = Array.from({ length: size }, (_, index) => half(index) + half(index >> 10));
    const row = anOperation(Object.fromEntries(names.map((name) => [name, name])));
    return () => rowToFlat('operation', wellFormed(row));
  };

  expect(growthOf(flatten, 1_000)).toBeLessThan(MOST_OF_LINEAR);
});
