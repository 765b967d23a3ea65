import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { STREAM_NAMES } from '../../../shared/model/stream.ts';
import { wellFormed } from '../../../shared/model/well-formed.ts';
import { FlatEventSchema, MAPPING_VERSION, SCHEMA_VERSION } from '../../../shared/normalize/index.ts';
import { isEnvelopeField } from '../../../shared/normalize/flat-event.ts';
import { detailText } from './detail-texts.ts';
import { anyRow } from './any-row.ts';
import { anActivity, anOperation, flatOf, PROVENANCE } from './rows.ts';

describe('a flat event', () => {
  it('is an operation with its envelope', () => {
    const row = anOperation({
      operator: 'IT@acme.test',
      category_type: 'User',
      action: 'Batch Update',
      operation_detail: 'Change Role  - Ann@Acme.test: from Member to Auditor ',
    });

    expect(flatOf('operation', row)).toStrictEqual({
      ...row,
      event_id: PROVENANCE.eventId,
      schema_version: SCHEMA_VERSION,
      mapping_version: MAPPING_VERSION,
      event_time: '2026-03-04T05:06:07.000Z',
      ingest_time: '2026-03-04T05:20:00.000Z',
      stream: 'operation',
      log_type: 'Zoom.Operation',
      event_type: 'user.role_change',
      area: 'role',
      account_id: PROVENANCE.accountId,
      category: 'user',
      verb: 'update',
      actor_name: 'IT@acme.test',
      actor_email: 'it@acme.test',
      target_type: 'user',
      target_name: 'Ann@Acme.test',
      target_email: 'ann@acme.test',
      target_emails: ['ann@acme.test'],
      controls: ['role'],
      detail: {
        status: 'full',
        verb: 'Change Role',
        target: { type: 'user', name: 'Ann@Acme.test', email: 'ann@acme.test' },
        changes: [
          {
            setting: 'Role',
            kind: 'change',
            old_value: 'Member',
            new_value: 'Auditor',
            control: 'role',
            direction: 'changed',
          },
        ],
      },
      any_emails: ['ann@acme.test', 'it@acme.test'],
      any_domain_names: ['acme.test'],
    });
  });

  it('is a sign-in with its envelope', () => {
    const row = anActivity({ email: 'Ann Lee', ip_address: ' 2001:db8::7 ' });

    expect(flatOf('activity', row)).toStrictEqual({
      ...row,
      event_id: PROVENANCE.eventId,
      schema_version: SCHEMA_VERSION,
      mapping_version: MAPPING_VERSION,
      event_time: '2026-03-04T05:06:07.000Z',
      ingest_time: '2026-03-04T05:20:00.000Z',
      stream: 'activity',
      log_type: 'Zoom.Activity',
      event_type: 'user.sign_in',
      area: 'sign_in',
      account_id: PROVENANCE.accountId,
      actor_name: 'Ann Lee',
      any_usernames: ['Ann Lee'],
      any_ip_addresses: ['2001:db8::7'],
    });
  });

  it('has nothing for what the row lacks', () => {
    const flat = flatOf(
      'operation',
      anOperation({ operator: ' ', category_type: '', action: undefined, operation_detail: undefined }),
    );

    for (const name of [
      'category',
      'actor_name',
      'actor_email',
      'target_name',
      'any_emails',
      'any_usernames',
    ]) {
      expect(flat).not.toHaveProperty(name);
    }
    expect(flat).toMatchObject({
      operator: ' ',
      category_type: '',
      verb: 'other',
      detail: { status: 'none' },
    });
  });

  it.each([
    ['Add', 'create'],
    ['batch import', 'create'],
    ['Download', 'read'],
    ['SCIM API - Update', 'update'],
    ['Batch Remove', 'delete'],
    ['Subscribe', 'other'],
    ['constructor', 'other'],
    ['', 'other'],
  ])('calls the action %j %j', (action, verb) => {
    expect(flatOf('operation', anOperation({ action, operation_detail: 'x' }))['verb']).toBe(verb);
  });

  it('collects the addresses and the names of people, sorted, each once', () => {
    const flat = flatOf(
      'operation',
      anOperation({
        operator: 'Night Job',
        category_type: 'User',
        action: 'Add',
        operation_detail:
          'Add User Zed Z  - Manager: Bob@Eu.Acme.test - Deputy: ann@acme.test, bob@eu.acme.test',
      }),
    );

    expect(flat).toMatchObject({
      any_emails: ['ann@acme.test', 'bob@eu.acme.test'],
      any_domain_names: ['acme.test', 'eu.acme.test'],
      any_usernames: ['Night Job', 'Zed Z'],
    });
  });

  it.each([
    ['Add User Ann', { target_type: 'user', target_name: 'Ann' }],
    ['Edit Group ann@acme.test', { target_type: 'group', target_name: 'ann@acme.test' }],
    [
      'Add User ann@acme.test',
      {
        target_type: 'user',
        target_name: 'ann@acme.test',
        target_email: 'ann@acme.test',
        target_emails: ['ann@acme.test'],
      },
    ],
    ['Delete Users  - Cy@acme.test, ann@acme.test', { target_emails: ['ann@acme.test', 'cy@acme.test'] }],
    [
      'Change Role  - Cy@acme.test: from Admin to Member - ann@acme.test: from Admin to Member',
      { target_emails: ['ann@acme.test', 'cy@acme.test'] },
    ],
    ['Add User', {}],
  ])('names whom or what it was done to: %j', (operation_detail, expected) => {
    const flat = flatOf('operation', anOperation({ operation_detail }));

    expect(
      Object.fromEntries(Object.entries(flat).filter(([name]) => name.startsWith('target_'))),
    ).toStrictEqual(expected);
  });

  it('has the controls that it changed, weakened and unlocked, sorted', () => {
    const operation_detail =
      'Security  - Waiting Room: from On to Off - Two-factor sign-in: from On to Off - Remote control: from Locked to Unlocked - Dark mode: from On to Off';

    expect(flatOf('operation', anOperation({ category_type: 'Account', operation_detail }))).toMatchObject({
      controls: ['mfa', 'remote_control', 'waiting_room'],
      weakened: ['mfa', 'waiting_room'],
      unlocked: ['remote_control'],
    });
  });

  it.each([
    'Security  - Hint: set to free text - Waiting Room: from On to Off',
    'Security  - Dark mode: from On to Off',
  ])('has no controls where free text could imitate them, or none was changed: %s', (operation_detail) => {
    const flat = flatOf('operation', anOperation({ category_type: 'Account', operation_detail }));

    for (const name of ['controls', 'weakened', 'unlocked']) expect(flat).not.toHaveProperty(name);
  });

  it('does not treat a group as a person', () => {
    expect(
      flatOf('operation', anOperation({ category_type: 'User Group', operation_detail: 'Edit Group Blue' })),
    ).not.toHaveProperty('any_usernames');
  });
});

describe('a field Zoom adds to a row', () => {
  it('never replaces ours: it moves under _row', () => {
    const theirs = { event_id: 'Z1', account_id: 'Z2', stream: 'activity', area: 51, detail: null };
    const flat = flatOf('operation', anOperation(theirs));

    expect(flat).toStrictEqual({ ...flatOf('operation', anOperation()), _row: theirs });
    expect(FlatEventSchema.safeParse(flat).error).toBeUndefined();
  });

  it('moves under _row even where ours is absent', () => {
    const flat = flatOf('activity', anActivity({ detail: 'theirs' }));

    expect(flat).not.toHaveProperty('detail');
    expect(flat._row).toEqual({ detail: 'theirs' });
  });
});

describe('the addresses of a sign-in', () => {
  it.each([
    ['::ffff:198.51.100.7', ['198.51.100.7']],
    ['[2001:DB8:0:0::7]:443', ['2001:db8::7']],
    ['203.0.113.9, 10.0.0.1', ['10.0.0.1', '203.0.113.9']],
  ])('are read in each of their spellings, sorted: %j', (ip_address, expected) => {
    expect(flatOf('activity', anActivity({ ip_address }))).toMatchObject({
      ip_address,
      any_ip_addresses: expected,
    });
  });
});

describe('any row', () => {
  it('keeps its detail character for character', () => {
    fc.assert(
      fc.property(detailText, (operation_detail) => {
        expect(flatOf('operation', anOperation({ operation_detail }))['operation_detail']).toBe(
          operation_detail.toWellFormed(),
        );
      }),
    );
  });

  it('becomes a well-formed flat event with all its fields, no two names alike but for their case', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STREAM_NAMES), anyRow, (stream, row) => {
        const flat = flatOf(stream, row);

        expect(FlatEventSchema.safeParse(flat).error).toBeUndefined();
        for (const [name, value] of Object.entries(wellFormed(row))) {
          const place = flat._row && Object.hasOwn(flat._row, name) ? flat._row : flat;
          if (place === flat) expect(isEnvelopeField(name)).toBe(false);
          expect(Object.getOwnPropertyDescriptor(place, name)?.value).toEqual(value);
        }
        const names = Object.keys(flat).map((name) => name.toLowerCase());
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
