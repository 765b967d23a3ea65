import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FLAT_FIELD_NOTES, OCSF_FIELD_NOTES, ROW_FIELD_NOTES } from '../../shared/records/field-notes.ts';
import { fieldsOf, flatJsonSchema, ocsfJsonSchema } from '../../shared/records/record-schemas.ts';
import { STREAM_NAMES, STREAMS } from '../../shared/model/stream.ts';
import { CATEGORIES } from '../../shared/normalize/categories.ts';
import { AREAS } from '../../shared/normalize/index.ts';
import { CONTROLS } from '../../shared/normalize/operation-detail.ts';
import { RULED_EVENT_TYPES } from '../../shared/normalize/operation-to-kind.ts';
import { publishedSchemaProblems } from '../support/published-schema.ts';
import { controlSamples, effectOf, eventSamples, recordsFiles } from './records-reference.ts';

const textOf = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

describe('the pages of fields and events', () => {
  it.each(['docs/fields.md', 'docs/events.md', 'schema/flat.schema.json', 'schema/ocsf.schema.json'])(
    '%s is up to date: npm run reference:records',
    async (path) => {
      expect(textOf(path)).toBe((await recordsFiles())[path]);
    },
  );

  it('explain every field, and no other', () => {
    const paths = (schema: Parameters<typeof fieldsOf>[0]): string[] =>
      fieldsOf(schema)
        .map(({ path }) => path)
        .sort();

    expect(Object.keys(FLAT_FIELD_NOTES).sort()).toEqual(paths(flatJsonSchema()));
    expect(Object.keys(OCSF_FIELD_NOTES).sort()).toEqual(paths(ocsfJsonSchema()));
    expect(Object.keys(ROW_FIELD_NOTES).sort()).toEqual(
      [...new Set(STREAM_NAMES.flatMap((name) => STREAMS[name].identityFields))].sort(),
    );
  });

  it('have a sample of each event type that has a rule', () => {
    const types = new Set(eventSamples().map(({ flat }) => flat.event_type));

    expect([...RULED_EVENT_TYPES].filter((type) => !types.has(type))).toEqual([]);
  });

  it('have a sample of each category, each area and each control', () => {
    const samples = eventSamples();
    const objects = new Set(samples.map(({ flat }) => flat.event_type.split('.')[0]));
    const nouns = CATEGORIES.filter(({ rules }) => rules !== 'account').map(({ noun }) => noun);

    expect(nouns.filter((noun) => !objects.has(noun))).toEqual([]);
    expect([...AREAS].filter((area) => !samples.some(({ flat }) => flat.area === area))).toEqual([]);
    expect(controlSamples().map((sample) => effectOf(sample).control)).toEqual([...CONTROLS]);
  });
});

describe('the published JSON Schemas', () => {
  it('accept every sample, also with further fields of Zoom in the flat line', () => {
    for (const { flat, ocsf } of [...eventSamples(), ...controlSamples()]) {
      expect(publishedSchemaProblems('flat', { ...flat, new_field_of_zoom: { a: 1 } })).toEqual([]);
      expect(publishedSchemaProblems('ocsf', ocsf)).toEqual([]);
    }
  });

  it.each([
    ['an area that does not exist', { area: 'nowhere' }],
    ['a time without milliseconds', { event_time: '2026-11-18T14:02:11Z' }],
    ['an empty list', { weakened: [] }],
    ['no id', { event_id: undefined }],
    [
      'a field of a change that is not ours',
      { detail: { status: 'full', changes: [{ kind: 'set', was: 'On' }] } },
    ],
  ])('refuse a flat line with %s', (_, fields) => {
    const line: unknown = JSON.parse(JSON.stringify({ ...eventSamples()[0]?.flat, ...fields }));

    expect(publishedSchemaProblems('flat', line)).not.toEqual([]);
  });

  it('refuse an OCSF event with an attribute that is not ours', () => {
    expect(publishedSchemaProblems('ocsf', { ...eventSamples()[0]?.ocsf, cloud: {} })).not.toEqual([]);
  });
});
