import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { daysToCollect, OPTIONS, parseDuration } from '../../cli/arguments.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { addDays, type Day } from '../../shared/model/day.ts';
import { day } from '../support/builders/collector.ts';
import { damagedText, runs } from '../support/builders/damage.ts';

const PARSERS = Object.entries(OPTIONS).flatMap(([name, make]) => {
  const { parseArg } = make();
  return parseArg ? [[name, (text: string): unknown => parseArg(text, undefined)] as const] : [];
});

const anArgument = fc.oneof(
  ...['2026-11-20', '2026-11-20T09:30:00Z', 'flat,ocsf', 'operation', '15', '3d', 'acme-2'].map(damagedText),
  fc.string(),
);

describe('any argument of the command line', () => {
  it.each([...PARSERS, ['span', parseDuration(30)] as const])(
    'is read or refused by --%s in a sentence',
    (_, parse) => {
      fc.assert(
        fc.property(anArgument, (text) => {
          try {
            const value = parse(text);
            expect(value).toBeDefined();
            expect(value).not.toBeNaN();
            if (value instanceof Date) expect(() => value.toISOString()).not.toThrow();
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidArgumentError);
            expect((error as Error).message).toMatch(/\.$/);
          }
        }),
        runs(300),
      );
    },
  );

  it('as a range of days is valid for Zoom, or refused with the name of its flag', () => {
    const now = new Date('2026-11-20T12:00:00Z');
    const aDay = fc.integer({ min: -400, max: 30 }).map((count) => addDays(day('2026-11-20'), count));
    fc.assert(
      fc.property(aDay, aDay, (from: Day, to: Day) => {
        try {
          const days = daysToCollect(from, to, now);
          expect([days[0], days.at(-1)]).toEqual([from, to]);
          expect(to <= '2026-11-20').toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
          expect((error as Error).message).toMatch(/^--(?:from|to) /);
        }
      }),
      runs(300),
    );
  });
});
