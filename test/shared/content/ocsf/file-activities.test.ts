import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { FileActivityEventSchema } from '../../../../shared/content/ocsf/file-activity-event.ts';
import { projectFileActivities } from '../../../../shared/content/ocsf/project-file-activities.ts';
import { readSliceFiles } from '../../../../shared/content/slice-files.ts';
import { OCSF_VERSIONS, type OcsfVersion } from '../../../../shared/normalize/index.ts';
import {
  aContentSlice,
  aFileRow,
  commitCustody,
  commitRows,
  custodyOf,
} from '../../../support/builders/content.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { SettableClock } from '../../../support/doubles/settable-clock.ts';
import { fileActivityProblems } from '../../../support/ocsf-schema.ts';

const DAY = '2026-11-18';
const SLICE = aContentSlice(DAY);
const AT = new Date('2026-11-20T10:00:00.000Z');
const SHA = (digit: string): string => digit.repeat(64);

const FIRST = aFileRow(DAY);
const SECOND = aFileRow(DAY, 'f1', { file_size: 5 });
const OF_ACCOUNT = {
  ...aFileRow(DAY, 'f2'),
  meeting: { ...aFileRow(DAY).meeting, host_email: 'Ann@Example.com' },
};

const held = (row: object, digit: string, more: object = {}) =>
  custodyOf(row, AT, {
    state: 'held',
    key: `files/${digit}`,
    bytes: 3,
    sha256: SHA(digit),
    parts: [{ number: 1, bytes: 3, sha256: SHA(digit) }],
    content_type: 'video/mp4',
    requests: 1,
    resumed: 0,
    ...more,
  });
const trashed = (row: object, deletedTime: string | undefined) =>
  custodyOf(row, AT, {
    state: 'gone',
    ordinal: 1,
    evidence: { kind: 'trash', ...(deletedTime !== undefined && { deleted_time: deletedTime }) },
  });
const absent = (row: object) =>
  custodyOf(row, AT, {
    state: 'gone',
    ordinal: 1,
    evidence: {
      kind: 'absent',
      first_absent_at: '2026-11-19T09:00:00.000Z',
      absent_again_at: '2026-11-20T10:00:00.000Z',
    },
  });
const back = (row: object) => custodyOf(row, AT, { state: 'back', ordinal: 1 });
const failed = (row: object, reason: string) =>
  custodyOf(row, AT, { state: 'failed', reason, message: 'no', final: true, day: DAY, requests: 1 });

describe('the OCSF events of content', () => {
  let store: MemoryStore;
  let clock: SettableClock;

  beforeEach(() => {
    store = new MemoryStore();
    clock = new SettableClock();
    clock.time = new Date('2026-11-20T10:00:05.000Z');
  });

  const project = async (ocsfVersion?: OcsfVersion): Promise<number> =>
    projectFileActivities(store, await readSliceFiles(store, SLICE), { accountId: 'account', ocsfVersion });

  /** The lines of each object, by its name. */
  const objects = async (): Promise<{ key: string; lines: string[] }[]> =>
    Promise.all(
      (await store.list('ocsf/')).map(async ({ key }) => {
        const text = gunzipSync((await store.read(key)) ?? '').toString('utf8');
        return { key, lines: text.split('\n').slice(0, -1) };
      }),
    );

  const events = async () =>
    (await objects()).map(({ key, lines }) => ({
      key,
      events: lines.map((line) => FileActivityEventSchema.parse(JSON.parse(line))),
    }));

  it.each(OCSF_VERSIONS)('are valid in OCSF %s, whatever happened', async (version) => {
    await commitRows(store, clock, SLICE, [FIRST, SECOND, OF_ACCOUNT, aFileRow(DAY, 'f3')]);
    await commitCustody(store, clock, SLICE, [
      held(FIRST, 'a', { file_name: 'GMT20261118_Recording.mp4' }),
      held(SECOND, 'b'),
      trashed(OF_ACCOUNT, '2026-11-19T08:00:00Z'),
      failed(aFileRow(DAY, 'f3'), 'replaced'),
    ]);
    await commitCustody(store, clock, SLICE, [absent(FIRST), back(FIRST), back(OF_ACCOUNT)]);

    expect(await project(version)).toBe(2);

    const written = await events();
    const found = written.flatMap((object) => object.events);
    expect(found.flatMap(fileActivityProblems)).toEqual([]);
    expect(found.map(({ metadata, activity_name: name }) => `${metadata.event_code} ${name}`).sort()).toEqual(
      [
        'deleted Delete',
        'recovered Restore',
        'recovered Restore',
        'replaced Update',
        'replaced-before-held Update',
        'trashed Delete',
      ],
    );
    expect(written.map(({ key }) => key)).toEqual([
      `ocsf/recording/source=acme/dt=${DAY}/recording_${DAY}_000000.json.gz`,
      `ocsf/recording/source=acme/dt=${DAY}/recording_${DAY}_000001.json.gz`,
    ]);
  });

  it('name the time at which Zoom says that a file was trashed, and its host', async () => {
    await commitRows(store, clock, SLICE, [OF_ACCOUNT]);
    await commitCustody(store, clock, SLICE, [trashed(OF_ACCOUNT, '2026-11-19T08:00:00Z')]);

    await project();

    const [object] = await events();
    expect(object?.events).toMatchObject([
      {
        time_dt: '2026-11-19T08:00:00.000Z',
        message: 'The MP4 of the recording "Stand-up" was moved to the trash.',
        metadata: {
          version: '1.8.0',
          original_time: '2026-11-19T08:00:00Z',
          logged_time: Date.parse('2026-11-20T10:00:05.000Z'),
          tenant_uid: 'account',
          labels: ['area:content', 'stream:recording'],
        },
        actor: { user: { name: 'Unknown' } },
        file: { name: 'mp4.mp4', uid: 'f2', size: 3, owner: { uid: 'host', email_addr: 'ann@example.com' } },
        observables: [
          { name: 'file.name', value: 'mp4.mp4' },
          { name: 'file.owner.email_addr', value: 'ann@example.com' },
        ],
        unmapped: { meeting_uuid: 'uuid==', topic: 'Stand-up', concluded_at: AT.toISOString() },
      },
    ]);
  });

  it.each([undefined, 'some day'])('have the time of the conclusion if Zoom gives %s', async (stated) => {
    await commitRows(store, clock, SLICE, [FIRST]);
    await commitCustody(store, clock, SLICE, [trashed(FIRST, stated)]);

    await project();

    const [object] = await events();
    expect(object?.events.flatMap(fileActivityProblems)).toEqual([]);
    expect(object?.events).toMatchObject([{ time_dt: AT.toISOString() }]);
  });

  it('have both versions of a file that was replaced, and the hashes of their bytes', async () => {
    await commitRows(store, clock, SLICE, [FIRST]);
    await commitRows(store, clock, SLICE, [SECOND]);
    await commitCustody(store, clock, SLICE, [held(FIRST, 'a'), held(SECOND, 'b', { bytes: 5 })]);
    await project();
    const [newest] = await events();
    store = new MemoryStore();
    await commitRows(store, clock, SLICE, [FIRST]);
    await commitRows(store, clock, SLICE, [SECOND]);
    await commitCustody(store, clock, SLICE, [held(FIRST, 'a'), held(SECOND, 'b', { bytes: 5 })]);
    await project('1.1.0');
    const [older] = await events();

    const before = { size: 3, hashes: [{ value: SHA('a') }] };
    const after = { size: 5, hashes: [{ value: SHA('b') }] };
    expect(newest?.events).toMatchObject([{ activity_name: 'Update', file: before, file_result: after }]);
    expect(older?.events).toMatchObject([{ file: before, unmapped: { file_result: after } }]);
    expect(older?.events[0]).not.toHaveProperty('file_result');
    expect(newest?.events[0]?.raw_data).not.toContain('parts');
  });

  it('are none for what only the collector did', async () => {
    await commitRows(store, clock, SLICE, [FIRST, aFileRow(DAY, 'f2'), aFileRow(DAY, 'f3')]);
    await commitCustody(store, clock, SLICE, [
      held(FIRST, 'a'),
      failed(aFileRow(DAY, 'f2'), 'refused'),
      custodyOf(aFileRow(DAY, 'f3'), AT, { state: 'skipped', reason: 'type-not-chosen' }),
    ]);

    expect(await project()).toBe(0);
    expect(await events()).toEqual([]);
  });

  it('are written once, and again with the same bytes if they were removed', async () => {
    await commitRows(store, clock, SLICE, [FIRST]);
    await commitCustody(store, clock, SLICE, [held(FIRST, 'a')]);
    await commitCustody(store, clock, SLICE, [absent(FIRST)]);
    await project();
    const first = await objects();
    // A row that comes later says nothing about what was concluded before it.
    await commitRows(store, clock, SLICE, [
      { ...FIRST, meeting: { ...FIRST.meeting, topic: 'Renamed', host_id: 'another' } },
    ]);

    expect(await project()).toBe(0);
    store.remove(first[0]?.key ?? '');
    expect(await project()).toBe(1);
    expect(await objects()).toEqual(first);
  });

  it('cut the texts of strangers', async () => {
    const long = {
      ...FIRST,
      meeting: { ...FIRST.meeting, topic: 'x'.repeat(70_000), host_id: 'h'.repeat(70_000) },
    };
    await commitRows(store, clock, SLICE, [long]);
    await commitCustody(store, clock, SLICE, [absent(long)]);

    await project('1.1.0');

    const [object] = await events();
    expect(object?.events.flatMap(fileActivityProblems)).toEqual([]);
    expect(JSON.stringify(object).length).toBeLessThan(8000);
  });
});
