import fc from 'fast-check';

/** Texts that come near the grammar of a detail, and texts that have nothing to do with it. */
export const detailText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(
        fc.oneof(
          fc.constantFrom(
            'Add',
            'Edit',
            'Delete',
            'Activate',
            'Change Role',
            ' User ',
            ' Group ',
            ' Role ',
            '  - ',
            ' - ',
            ': ',
            ': from ',
            ' to ',
            ': set to ',
            'On',
            'Off',
            '14',
            'Lock',
            'Locked',
            'Security',
            'Change Type',
            'SAML',
            'ann@acme.test',
            'Night Shift',
            ' ',
            '-',
            ':',
            '\u2028',
            '\u0085',
            '\ud83d\ude00',
            '\ud83d',
            '__proto__',
          ),
          fc.string({ maxLength: 6 }),
        ),
        { maxLength: 14 },
      )
      .map((fragments) => fragments.join('')),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
