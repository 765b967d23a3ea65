import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import {
  CONTENT_TYPES,
  ContentConfigSchema,
  DEFAULT_MIRROR_RULES,
} from '../../../shared/model/content-config.ts';

const RETAIN = { onDeauthorization: 'retain' };
const issuesOf = (config: unknown): unknown[] =>
  (ContentConfigSchema.safeParse(config).error?.issues ?? []).map(({ code, path, message }) => ({
    code,
    path: path.join('.'),
    message,
  }));
const isValid = (config: object): boolean => ContentConfigSchema.safeParse({ ...RETAIN, ...config }).success;

describe('a choice of content', () => {
  it('has every type but Team Chat, of everyone, now and later, unless it says otherwise', () => {
    expect(ContentConfigSchema.parse(RETAIN)).toStrictEqual({
      bots: false,
      mode: 'archive',
      mirror: { graceDays: 30, brakePercent: 5, brakeItems: 200 },
      types: ['video', 'audio', 'transcript', 'chat', 'timeline', 'poll', 'summary', 'other', 'meetings'],
      people: { include: 'all', exclude: [], future: true },
      onDeauthorization: 'retain',
    });
  });

  it.each([...CONTENT_TYPES])('can be of the type %s alone', (type) => {
    expect(ContentConfigSchema.parse({ ...RETAIN, types: [type] }).types).toEqual([type]);
  });

  it('has at least one type, and only known ones', () => {
    expect(isValid({ types: [] })).toBe(false);
    expect(isValid({ types: [''] })).toBe(false);
    expect(isValid({ types: ['paper'] })).toBe(false);
  });

  it('can name people and groups', () => {
    const people = { include: { emails: ['ann@acme.test'] }, exclude: ['bob@acme.test'], future: false };

    expect(ContentConfigSchema.parse({ ...RETAIN, people }).people).toStrictEqual({
      include: { emails: ['ann@acme.test'], groups: [] },
      exclude: ['bob@acme.test'],
      future: false,
    });
    expect(
      ContentConfigSchema.parse({ ...RETAIN, people: { include: { groups: ['B'] } } }).people.include,
    ).toStrictEqual({ emails: [], groups: ['B'] });
  });

  it.each([
    { include: 'none' },
    { include: '' },
    { include: { emails: ['Ann'] } },
    { include: { groups: [''] } },
    { include: { roles: [] } },
    { exclude: ['Ann'] },
    { future: 'yes' },
    { only: [] },
  ])('cannot name people by %j', (people) => {
    expect(isValid({ people })).toBe(false);
  });

  it('has no other fields', () => {
    expect(isValid({ speed: 1 })).toBe(false);
  });
});

describe('what happens at the deauthorization', () => {
  it.each(['retain', { delete: { afterDays: 0 } }, { delete: { afterDays: 3650 } }])(
    'can be %j',
    (onDeauthorization) => {
      expect(ContentConfigSchema.parse({ onDeauthorization }).onDeauthorization).toEqual(onDeauthorization);
    },
  );

  it.each([undefined, '', 'delete', 10])('cannot be %j, and the message says what it can be', (value) => {
    expect(issuesOf({ onDeauthorization: value })).toEqual([
      {
        code: 'invalid_union',
        path: 'onDeauthorization',
        message:
          'must be "retain" or {"delete": {"afterDays": 0 to 3650}}: there is no default, because law decides it',
      },
    ]);
  });

  it.each([
    { delete: {} },
    { delete: { afterDays: -1 } },
    { delete: { afterDays: 3651 } },
    { delete: { afterDays: 1.5 } },
    { delete: { afterDays: 1, hours: 2 } },
    { delete: { afterDays: 1 }, retain: true },
  ])('cannot be %j', (onDeauthorization) => {
    expect(isValid({ onDeauthorization })).toBe(false);
  });
});

describe('a range of days', () => {
  const [FIRST, LAST] = ['2026-01-01', '2026-01-31'];
  const required = [{ code: 'custom', path: 'from', message: 'and "to" are required with "mode": "once"' }];

  it.each([
    [{ mode: 'once', from: FIRST, to: LAST }, []],
    [{ mode: 'once', from: FIRST, to: FIRST }, []],
    [{ mode: 'archive', from: FIRST, to: LAST }, []],
    [{ from: FIRST }, []],
    [{ to: LAST }, []],
    [{ mode: 'once' }, required],
    [{ mode: 'once', from: FIRST }, required],
    [{ mode: 'once', to: LAST }, required],
    [
      { from: LAST, to: FIRST },
      [{ code: 'custom', path: 'from', message: 'is 2026-01-31, after "to" 2026-01-01' }],
    ],
  ])('%j has these problems: %j', (range, problems) => {
    expect(issuesOf({ ...RETAIN, ...range })).toEqual(problems);
  });

  it('has a mode and days that exist', () => {
    expect([isValid({ mode: 'twice' }), isValid({ mode: '' }), isValid({ from: '2026-02-30' })]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

it.each([
  ['mode', 'archive'],
  ['mirror', 'left Zoom'],
  ['from', 'first day'],
  ['to', 'last day'],
  ['types', 'fetched'],
  ['people', 'Whose content'],
  ['onDeauthorization', 'legal department'],
] as const)('the field %s is described to an operator', (field, words) => {
  expect(ContentConfigSchema.shape[field].description).toContain(words);
});

it.each([
  [{}, { graceDays: 30, brakePercent: 5, brakeItems: 200 }],
  [{ graceDays: 0 }, { graceDays: 0, brakePercent: 5, brakeItems: 200 }],
  [
    { graceDays: 3650, brakePercent: 0, brakeItems: 0 },
    { graceDays: 3650, brakePercent: 0, brakeItems: 0 },
  ],
  [{ brakePercent: 100 }, { graceDays: 30, brakePercent: 100, brakeItems: 200 }],
  [{ brakePercent: 2.5 }, { graceDays: 30, brakePercent: 2.5, brakeItems: 200 }],
])('the rules %j of a mirror are %j', (given, rules) => {
  expect(ContentConfigSchema.parse({ ...RETAIN, mode: 'mirror', mirror: given }).mirror).toStrictEqual(rules);
  if (Object.keys(given).length === 0) expect(DEFAULT_MIRROR_RULES).toStrictEqual(rules);
});

it.each([
  { graceDays: -1 },
  { graceDays: 3651 },
  { graceDays: 1.5 },
  { brakePercent: -1 },
  { brakePercent: 101 },
  { brakeItems: -1 },
  { brakeItems: 0.5 },
  { grace: 5 },
])('the rules %j of a mirror are refused', (mirror) => {
  expect(isValid({ mode: 'mirror', mirror })).toBe(false);
});

it('no description in the schema is empty', () => {
  const schema = JSON.stringify(z.toJSONSchema(ContentConfigSchema, { io: 'input' }));

  expect(schema.match(/"description":"[^"]/g)).toHaveLength(17);
  expect(schema).not.toContain('"description":""');
});
