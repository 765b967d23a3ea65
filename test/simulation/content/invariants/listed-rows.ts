import { fileOfRow } from '../../../../shared/content/recording-rows.ts';
import { fieldsOf } from '../../../../shared/model/raw-row.ts';
import type { Violate } from '../../invariants/invariant-violation.ts';
import type { ContentPlan } from '../content-plan.ts';
import type { CompanyTruth } from './company-truth.ts';
import type { CollectedObjects, Listed, CollectedSlice } from './collected-objects.ts';

/** Fields that differ in every response, or change with other rows. */
const VOLATILE = new Set([
  'download_url',
  'play_url',
  'share_url',
  'recording_play_passcode',
  'password',
  'total_size',
  'recording_count',
  'auto_delete',
  'auto_delete_date',
  'host_email',
  'data_region',
  'meeting_id',
]);

/** Whether the rows are what Zoom has: none invented, none twice, each in its day, none missing at the end. */
export class ListedRows {
  readonly #collected: CollectedObjects;
  readonly #truth: CompanyTruth;
  readonly #fileIds = new Map<string, Set<string>>();
  /** Uploads have no meeting: no report lists them. */
  readonly #uploads: ReadonlySet<string>;
  readonly #seen = new Set<string>();
  readonly #violate: Violate;

  constructor(collected: CollectedObjects, truth: CompanyTruth, plan: ContentPlan, violate: Violate) {
    this.#collected = collected;
    this.#truth = truth;
    this.#violate = violate;
    const uploads = plan.meetings.filter(({ input }) => input.type === 99);
    this.#uploads = new Set(uploads.map(({ uuid }) => uuid));
    for (const { uuid, files } of plan.meetings) {
      this.#fileIds.set(uuid, new Set(files.map(({ input }) => input.id ?? '')));
    }
    for (const change of plan.changes) {
      if (change.kind === 'add-file') this.#fileIds.get(change.uuid)?.add(change.file.input.id ?? '');
    }
  }

  listed({ stream, day }: CollectedSlice, { row }: Listed): void {
    const text = stable(row);
    const name = `${stream} ${day} ${text}`;
    if (stream !== 'meeting' && this.#seen.has(name)) this.#violate('rows-once', `${day}: twice ${text}`);
    this.#seen.add(name);
    if (stream === 'recording') this.#recording(day, row);
    if (stream === 'meeting') this.#meeting(day, row);
    if (stream === 'person') this.#person(row);
  }

  #recording(day: string, row: Listed['row']): void {
    const meeting = fieldsOf(fieldsOf(row)?.['meeting']) ?? {};
    const uuid = String(meeting['uuid']);
    const isOfDay = this.#truth.meeting(uuid)?.startTime.slice(0, 10) === day;
    if (!isOfDay || !this.#truth.hadTopic(uuid, String(meeting['topic']))) {
      this.#violate('nothing-invented', `${day} has a row of a meeting that Zoom has not: ${stable(row)}`);
    }
    const file = fileOfRow(row);
    if (!file) return;
    const isKnown =
      this.#truth.versionsOf(file).length > 0 || (this.#fileIds.get(uuid)?.has(file.fileId ?? '') ?? false);
    if (!isKnown)
      this.#violate('nothing-invented', `${day} has a row of a file that Zoom has not: ${stable(row)}`);
  }

  #meeting(day: string, row: Listed['row']): void {
    const uuid = String(fieldsOf(row)?.['meeting_uuid']);
    if (this.#truth.meeting(uuid)?.startTime.slice(0, 10) === day) return;
    this.#violate('nothing-invented', `${day} has a row of a meeting that was not held: ${stable(row)}`);
  }

  #person(row: Listed['row']): void {
    const email = fieldsOf(row)?.['email'];
    if (this.#truth.now.people.some((person) => person.email === email)) return;
    this.#violate('nothing-invented', `a row of a person that Zoom has not: ${stable(row)}`);
  }

  /** At the end: every file, meeting and person has a row in the right day. */
  complete(days: ReadonlySet<string>, today: string, withMeetings: boolean): void {
    for (const file of this.#truth.reachable) {
      if (!days.has(file.startDay)) continue;
      const rows = this.#collected.slice('recording', file.startDay).raw;
      const isListed = rows.some(({ row }) => {
        const listed = fileOfRow(row);
        return listed !== undefined && this.#truth.versionsOf(listed).some(({ key }) => key === file.key);
      });
      if (!isListed)
        this.#violate(
          'all-listed',
          `${file.startDay} has no row of the file ${file.fileId ?? ''} of ${file.uuid}`,
        );
    }
    for (const { uuid, startTime } of withMeetings ? this.#truth.now.meetings : []) {
      const day = startTime.slice(0, 10);
      if (!days.has(day) || this.#uploads.has(uuid)) continue;
      const { raw } = this.#collected.slice('meeting', day);
      const isListed = raw.some(({ row }) => fieldsOf(row)?.['meeting_uuid'] === uuid);
      if (!isListed) this.#violate('all-listed', `${day} has no row of the meeting ${uuid}`);
    }
    const emails = new Set(
      this.#collected.slice('person', today).raw.map(({ row }) => fieldsOf(row)?.['email']),
    );
    for (const { email, status } of this.#truth.now.people) {
      if (status !== 'deleted' && !emails.has(email))
        this.#violate('all-listed', `${today} has no row of ${email}`);
    }
  }
}

/** A row without what differs in every response. */
const stable = (row: unknown): string =>
  JSON.stringify(row, (name, value: unknown) => (VOLATILE.has(name) ? undefined : value));
