import { Command, InvalidArgumentError } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { OPTIONS } from '../../cli/arguments.ts';
import { dayArgument, instantArgument, parseSpan, RelativeTime, resolveTimes } from '../../cli/times.ts';

const NOW = new Date('2026-11-20T10:30:00Z');

const at = <T>(value: T | RelativeTime<T>): T => (value instanceof RelativeTime ? value.at(NOW) : value);

describe('a day on the command line', () => {
  it.each([
    ['2026-11-20', '2026-11-20'],
    ['today', '2026-11-20'],
    ['Yesterday', '2026-11-19'],
    ['7d', '2026-11-13'],
    ['2w', '2026-11-06'],
    ['24h', '2026-11-19'],
    ['11h', '2026-11-19'],
    ['10h', '2026-11-20'],
    ['2026-11-20T10:00:00Z', '2026-11-20'],
    ['2026-11-20T23:30:00-05:00', '2026-11-21'],
    ['2026-11-20T00:30+01:00', '2026-11-19'],
  ])('%s is the UTC day %s', (text, day) => {
    expect(at(dayArgument(text))).toBe(day);
  });

  it.each([
    '2026-02-30',
    '2026-2-3',
    '20.11.2026',
    'tomorrow',
    '7',
    'd',
    '7y',
    '-7d',
    '',
    '2026-11-20T25:00Z',
  ])('%j is refused, with the forms there are', (text) => {
    expect(() => dayArgument(text)).toThrow(InvalidArgumentError);
    expect(() => dayArgument(text)).toThrow(
      /not a calendar day.*2026-11-20, today, yesterday or 7d.*Days are UTC/,
    );
  });
});

describe('an instant on the command line', () => {
  it.each([
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T09:30:00Z', '2026-11-20T09:30:00.000Z'],
    ['2026-11-20t09:30:00.250z', '2026-11-20T09:30:00.250Z'],
    ['2026-11-20T09:30', '2026-11-20T09:30:00.000Z'],
    ['2026-11-20 09:30:15', '2026-11-20T09:30:15.000Z'],
    ['2026-11-20T09:30:00+05:30', '2026-11-20T04:00:00.000Z'],
    ['now', '2026-11-20T10:30:00.000Z'],
    ['today', '2026-11-20T00:00:00.000Z'],
    ['yesterday', '2026-11-19T00:00:00.000Z'],
    ['24h', '2026-11-19T10:30:00.000Z'],
    ['7d', '2026-11-13T10:30:00.000Z'],
    ['90m', '2026-11-20T09:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(at(instantArgument(text)).toISOString()).toBe(instant);
  });

  it.each([
    'noon',
    '2026-02-30T10:00:00Z',
    '2026-11-20T24:01Z',
    '2026-11-20T10:60Z',
    '2026',
    '1.5h',
    '2026-11-20Z',
  ])('%j is refused, with the forms there are', (text) => {
    expect(() => instantArgument(text)).toThrow(/not a time.*T09:30:00Z.*24h or 7d.*UTC/);
  });
});

describe('a length of time', () => {
  it.each([
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['3D', 259_200_000],
    ['1w', 604_800_000],
    ['3', undefined],
    ['h', undefined],
  ])('%s is %s ms', (text, ms) => {
    expect(parseSpan(text)).toBe(ms);
  });
});

describe('times relative to the present', () => {
  const parsed = (...args: string[]) => {
    const command = new Command('test')
      .addOption(OPTIONS.from())
      .addOption(OPTIONS.to())
      .addOption(OPTIONS.since())
      .addOption(OPTIONS.now())
      .parse(args, { from: 'user' });
    resolveTimes(command, NOW);
    return command.opts();
  };

  it('goes by the clock', () => {
    expect(parsed('--from', '7d', '--to', 'today', '--since', '1h')).toEqual({
      from: '2026-11-13',
      to: '2026-11-20',
      since: new Date('2026-11-20T09:30:00Z'),
    });
  });

  it('uses --now in any position, and resolves --now by the clock', () => {
    expect(parsed('--from', 'yesterday', '--to', 'today', '--now', '2026-06-01')).toMatchObject({
      from: '2026-05-31',
      to: '2026-06-01',
    });
    expect(parsed('--now', '24h', '--from', 'yesterday', '--to', '2026-11-19')).toMatchObject({
      from: '2026-11-18',
      now: new Date('2026-11-19T10:30:00Z'),
    });
  });
});
