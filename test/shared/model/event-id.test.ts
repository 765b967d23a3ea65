import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventIdOf } from '../../../shared/model/event-id.ts';
import { identify } from '../../../shared/model/raw-row.ts';
import { addDays } from '../../../shared/model/day.ts';
import { day } from '../../support/builders/collector.ts';
import { runs } from '../../support/builders/damage.ts';
import { anOperation } from '../../support/builders/rows.ts';

const anIdentity = fc.record({
  source: fc.constantFrom('acme', 'acme-2', 'acme-21'),
  stream: fc.constantFrom('operation' as const, 'activity' as const),
  day: fc.integer({ min: 0, max: 12 }).map((count) => addDays(day('2026-11-18'), count)),
  digest: fc.constantFrom('a', 'b').map((digit) => digit.repeat(64)),
  occurrence: fc.nat({ max: 12 }),
});

describe('an event’s id', () => {
  it('is the UUID of version 5 that RFC 9562 defines for its name and namespace', () => {
    const id = eventIdOf({
      source: 'acme',
      stream: 'operation',
      day: day('2026-11-18'),
      digest: '0123456789abcdef',
      occurrence: 0,
    });

    // uuid5(uuid5(NAMESPACE_URL, 'urn:zoom-audit-log:event:v1'), name) of Python.
    expect(id).toBe('ebeb71d8-d805-5a7f-afa9-f48b6725280f');
  });

  it('is a different UUID for each identity, and the same for the same', () => {
    fc.assert(
      fc.property(anIdentity, anIdentity, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);

        expect(eventIdOf(one)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        expect(eventIdOf({ ...one })).toBe(eventIdOf(one));
        expect(eventIdOf(one) === eventIdOf(other)).toBe(isSame);
      }),
      runs(500),
    );
  });

  it('depends only on a row’s documented fields: not on their order, on null values, or on new fields', () => {
    const aField = fc.constantFrom('operator', 'category_type', 'action', 'operation_detail');
    fc.assert(
      fc.property(aField, fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (name, value, beside) => {
        const row = anOperation({ [name]: value });
        const documented = new Set([...Object.keys(row)]);
        const others = Object.entries(beside).filter(
          ([field]) => !documented.has(field) && field !== '__proto__',
        );
        const shuffled = Object.fromEntries([...others, ...Object.entries(row).reverse()]);

        expect(identify('operation', shuffled).digest).toBe(identify('operation', row).digest);
        const without = Object.fromEntries(Object.entries(row).filter(([field]) => field !== name));
        expect(identify('operation', { ...row, [name]: null }).digest).toBe(
          identify('operation', without).digest,
        );
        expect(identify('operation', without).digest).not.toBe(identify('operation', row).digest);
      }),
      runs(300),
    );
  });
});
