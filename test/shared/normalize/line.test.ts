import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  eventToLine,
  jsonToLine,
  OCSF_VERSIONS,
  type FlatEvent,
  type OcsfEvent,
} from '../../../shared/normalize/index.ts';
import { hasLineBreak } from '../../../shared/model/json-text.ts';
import { ocsfProblems } from '../../support/ocsf-schema.ts';
import { anActivity, anOperation, flatOf, ocsfOf } from './rows.ts';

const LIMIT_BYTES = 256 * 1024;
/** Where Python's `splitlines` breaks, which is the most there is. */
const LINE_BREAKS = ['\n', '\r', '\v', '\f', '\x1c', '\x1d', '\x1e', '\x85', '\u2028', '\u2029'];
const parsed = (line: string) => JSON.parse(line) as Record<string, unknown>;

describe('a line', () => {
  it('is the value as JSON with one LF at its end', () => {
    expect(jsonToLine({ a: 'x\ny\r', b: [1, null] })).toBe('{"a":"x\\ny\\r","b":[1,null]}\n');
  });

  it('escapes what some readers break lines at', () => {
    expect(jsonToLine({ a: '1\u00852\u20283\u2029' })).toBe('{"a":"1\\u00852\\u20283\\u2029"}\n');
  });

  it.each([
    ['a\\u2028\nb', false],
    ['', false],
    ['\u0085', true],
    ['a\u2028b', true],
    ['a\u2029', true],
  ])('is known to break for some reader, or not: %j', (text, expected) => {
    expect(hasLineBreak(text)).toBe(expected);
  });

  it('gives back any value, on one line for every reader', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const line = jsonToLine(value);
        expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(LINE_BREAKS.filter((character) => line.slice(0, -1).includes(character))).toEqual([]);
        expect(line.endsWith('\n')).toBe(true);
      }),
    );
  });

  it('of an event holds all of it', () => {
    const flat = flatOf('operation', anOperation());
    const ocsf = ocsfOf('activity', anActivity());

    expect(parsed(eventToLine(flat))).toEqual(flat);
    expect(parsed(eventToLine(ocsf))).toEqual(ocsf);
  });
});

describe('a line of 256 KiB or more', () => {
  const longDetail = `Meeting  - ${Array.from({ length: 2_900 }, () => '会議: from 一 to 二').join(' - ')}`;
  const row = anOperation({ category_type: 'Account', operation_detail: longDetail });

  it('loses what was read out of the detail of a flat event, and nothing else', () => {
    const flat = flatOf('operation', row);

    expect(Buffer.byteLength(jsonToLine(flat))).toBeGreaterThanOrEqual(LIMIT_BYTES);
    expect(parsed(eventToLine(flat))).toEqual({ ...flat, detail: { status: 'none' } });
    expect(Buffer.byteLength(eventToLine(flat))).toBeLessThan(LIMIT_BYTES);
  });

  it.each(OCSF_VERSIONS)('loses the detail of an OCSF %s event, and its settings', (version) => {
    const ocsf = ocsfOf('operation', row, version);
    const line = eventToLine(ocsf);
    const lighter = parsed(line) as OcsfEvent;

    expect(ocsf.entity_result?.data?.settings).toHaveLength(2_900);
    expect(Buffer.byteLength(line)).toBeLessThan(LIMIT_BYTES);
    expect(lighter.unmapped['detail']).toEqual({ status: 'none' });
    expect(lighter.entity?.data).toBeUndefined();
    expect(lighter).not.toHaveProperty('entity_result');
    expect(lighter.message).toBe(ocsf.message);
    expect(JSON.parse(lighter.raw_data ?? String(lighter.unmapped['raw_data']))).toEqual(row);
    expect(ocsfProblems(lighter)).toEqual([]);
  });

  it.each(OCSF_VERSIONS)(
    'has only the beginning of the message of an OCSF %s event, if that repeats a very long row',
    (version) => {
      const long = anOperation({
        category_type: 'Account',
        operation_detail: `Meeting  - A: ${'会'.repeat(65_000)}`,
      });
      const ocsf = ocsfOf('operation', long, version);
      const line = eventToLine(ocsf);
      const lighter = parsed(line) as OcsfEvent;

      expect(Buffer.byteLength(line)).toBeLessThan(LIMIT_BYTES);
      expect(lighter.message).toBe(ocsf.message?.slice(0, 16_384));
      expect(lighter.actor).toEqual(ocsf.actor);
      expect(JSON.parse(lighter.raw_data ?? String(lighter.unmapped['raw_data']))).toEqual(long);
      expect(ocsfProblems(lighter)).toEqual([]);
    },
  );

  it('keeps the detail just below', () => {
    const rest = Buffer.byteLength(eventToLine(flatOf('operation', anOperation({ note: '' }))));
    const flat = flatOf('operation', anOperation({ note: 'x'.repeat(LIMIT_BYTES - 1 - rest) }));
    const longer = flatOf('operation', anOperation({ note: 'x'.repeat(LIMIT_BYTES - rest) }));

    expect(Buffer.byteLength(eventToLine(flat))).toBe(LIMIT_BYTES - 1);
    expect(parsed(eventToLine(flat))['detail']).toMatchObject({ status: 'full' });
    expect(parsed(eventToLine(longer))['detail']).toEqual({ status: 'none' });
  });

  it.each([
    ['operation', anOperation({ note: 'x'.repeat(300_000) })],
    ['operation', anOperation({ operation_detail: `Add User ${'名'.repeat(100_000)}` })],
    ['activity', anActivity({ note: 'x'.repeat(300_000) })],
    ['activity', anActivity({ email: `${'x'.repeat(300_000)}@acme.test` })],
  ] as const)('keeps every field of its row, however long, and the actor (%s)', (stream, long) => {
    const flat = flatOf(stream, long);
    const line = parsed(eventToLine(flat));

    expect(line).toMatchObject(long);
    for (const name of ['event_id', 'event_time', 'account_id', 'actor_name', 'actor_email', 'event_type'])
      expect(line[name]).toBe(flat[name]);
    for (const version of OCSF_VERSIONS) {
      const event = ocsfOf(stream, long, version);
      const lighter = parsed(eventToLine(event)) as OcsfEvent;
      const { time, metadata, actor, type_uid } = event;
      expect(lighter).toMatchObject({ time, metadata, type_uid });
      expect(lighter.actor).toEqual(actor);
      expect(JSON.parse(lighter.raw_data ?? String(lighter.unmapped['raw_data']))).toEqual(long);
    }
  });

  it('has the beginning of a long name or list that only repeats the row', () => {
    const group = flatOf('operation', anOperation({ operation_detail: `Add User ${'名😀'.repeat(13_000)}` }));
    const emails = Array.from({ length: 12_000 }, (_, index) => `${index}@acme.test`);
    const list = flatOf('operation', anOperation({ operation_detail: emails.join(' ') }));

    const { target_name = '', any_usernames = [], ...rest } = parsed(eventToLine(group)) as FlatEvent;
    expect(rest).toMatchObject({ operation_detail: group['operation_detail'], actor_name: group.actor_name });
    expect(any_usernames).toEqual([target_name]);
    expect(target_name.isWellFormed()).toBe(true);
    expect(group.target_name?.startsWith(target_name)).toBe(true);
    expect(target_name.length).toBeGreaterThan(4_000);
    expect(target_name.length).toBeLessThan(39_000);

    const { any_emails: kept = [] } = parsed(eventToLine(list)) as FlatEvent;
    expect(kept).toEqual(list.any_emails?.slice(0, kept.length));
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.length).toBeLessThan(12_000);
    expect(Buffer.byteLength(eventToLine(list))).toBeLessThan(LIMIT_BYTES);
  });
});
