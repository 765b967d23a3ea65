import { describe, expect, it } from '@jest/globals';
import { FlatEventSchema, isEnvelopeField } from '../../../shared/normalize/flat-event.ts';
import { anActivity, anOperation, flatOf, type Row } from './rows.ts';

const EVENT = flatOf('operation', anOperation());

const placesOf = (event: unknown): string[] =>
  FlatEventSchema.safeParse(event).error?.issues.map(({ path, code }) => `${code} ${path.join('.')}`) ?? [];

const without = (event: Row, name: string): Row =>
  Object.fromEntries(Object.entries(event).filter(([known]) => known !== name));

describe('the schema of a flat event', () => {
  it.each([
    ['an operation', EVENT],
    ['a sign-in', flatOf('activity', anActivity())],
    ['a sign-in by name', flatOf('activity', anActivity({ email: 'Ann' }))],
    [
      'an operation whose row has a field with one of our names',
      flatOf('operation', anOperation({ verb: 7, event_id: 'x' })),
    ],
    ['controls', { ...EVENT, controls: ['mfa', 'sso'], weakened: ['mfa'], unlocked: ['sso'] }],
    ['fields that a reader could not have', flatOf('operation', anOperation({ source: 'x' }))],
    ...(['create', 'read', 'update', 'delete', 'other'] as const).map(
      (verb) => [verb, { ...EVENT, verb }] as const,
    ),
  ])('takes %s', (_, event) => {
    expect(placesOf(event)).toEqual([]);
  });

  it.each([
    'event_id',
    'schema_version',
    'mapping_version',
    'event_time',
    'ingest_time',
    'stream',
    'log_type',
    'event_type',
    'area',
    'account_id',
  ])('demands %s', (name) => {
    expect(placesOf(without(EVENT, name))).toEqual([expect.stringMatching(new RegExp(` ${name}$`))]);
  });

  it.each<[string, Row]>([
    ['event_id', { event_id: 'x' }],
    ['schema_version', { schema_version: 0 }],
    ['mapping_version', { mapping_version: 1 }],
    ['event_time', { event_time: '2026-03-04T05:06:07Z' }],
    ['ingest_time', { ingest_time: '2026-03-04T05:06:07Z' }],
    ['stream', { stream: '' }],
    ['log_type', { log_type: '' }],
    ['area', { area: '' }],
    ['category', { category: '' }],
    ['verb', { verb: '' }],
    ['target_type', { target_type: '' }],
    ['any_emails', { any_emails: [] }],
    ['any_emails.0', { any_emails: [''] }],
    ['detail.status', { detail: {} }],
    ['controls', { controls: [] }],
    ['weakened.0', { weakened: ['colour'] }],
    ['unlocked', { unlocked: [] }],
    ['_row', { _row: 'dt' }],
  ])('refuses a wrong %s: %j', (place, fields) => {
    expect(placesOf({ ...EVENT, ...fields })).toEqual([expect.stringMatching(new RegExp(` ${place}$`))]);
  });
});

it('the names of the envelope are known', () => {
  expect(['event_id', 'detail', 'any_domain_names'].every(isEnvelopeField)).toBe(true);
  expect(['operator', '_row', '_connector', 'constructor'].some(isEnvelopeField)).toBe(false);
});
