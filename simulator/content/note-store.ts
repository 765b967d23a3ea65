import { hash } from 'node:crypto';
import type { HostedFile, Instant, Meeting } from './model.ts';
import { instantOf, newVersion, recordingName } from './new-records.ts';
import type { Summary, SummaryInput, SummaryText, Transcript, TranscriptInput } from './note-model.ts';

/** The AI notes of one account, by the uuid of the meeting. */
export interface NoteStore {
  readonly summaries: ReadonlyMap<string, Summary>;
  readonly transcripts: ReadonlyMap<string, Transcript>;
  addSummary(meeting: Meeting, summary: SummaryInput): void;
  editSummary(uuid: string, edit: SummaryText, at?: Instant): void;
  addTranscript(meeting: Meeting, transcript: TranscriptInput): void;
  /** `gone`: not made yet, deleted by itself, or not to be downloaded. */
  hosted(key: string): HostedFile | 'gone' | undefined;
}

const MADE_AFTER_MS = 600_000;

const madeAt = ({ start, minutes }: Meeting): number => start + minutes * 60_000 + MADE_AFTER_MS;

export const createNoteStore = (accountId: string, now: () => number): NoteStore => {
  const summaries = new Map<string, Summary>();
  const transcripts = new Map<string, Transcript>();
  const keyPrefix = hash('sha256', `note ${accountId}`).slice(0, 8);

  const store: NoteStore = {
    summaries,
    transcripts,
    addSummary: (meeting, { title = meeting.topic, createdAt, edits = [], ...given }) => {
      const { uuid } = meeting;
      if (summaries.has(uuid)) fail(`The meeting "${uuid}" already has a summary.`);
      summaries.set(uuid, {
        ...given,
        uuid,
        title,
        createdAt: instantOf(createdAt, madeAt(meeting)),
        edits: [],
      });
      for (const { at, ...edit } of edits) store.editSummary(uuid, edit, at);
    },
    editSummary: (uuid, edit, at) => {
      const summary = summaries.get(uuid) ?? fail(`The meeting "${uuid}" has no summary.`);
      summary.edits.push({ ...edit, at: instantOf(at, now()) });
      summary.edits.sort((a, b) => a.at - b.at);
    },
    addTranscript: (meeting, { bytes, seed, createdAt, restriction, autoDeleteAt }) => {
      const { uuid, start } = meeting;
      if (transcripts.has(uuid)) fail(`The meeting "${uuid}" already has a transcript.`);
      const key = `${keyPrefix}n${transcripts.size.toString(16).padStart(6, '0')}`;
      const madeSince = instantOf(createdAt, madeAt(meeting));
      transcripts.set(uuid, {
        uuid,
        key,
        fileName: recordingName(start, '.transcript', 'VTT'),
        createdAt: madeSince,
        restriction,
        autoDeleteAt: autoDeleteAt === undefined ? undefined : instantOf(autoDeleteAt, 0),
        version: newVersion(key, 1, { bytes, form: 'vtt', seed: seed ?? key }, madeSince),
      });
    },
    hosted: (key) => {
      const found = [...transcripts.values()].find((one) => one.key === key);
      if (!found) return undefined;
      const { createdAt, autoDeleteAt = Infinity, restriction, fileName, version } = found;
      if (createdAt > now() || autoDeleteAt <= now() || restriction !== undefined) return 'gone';
      return { key, fileName, extension: 'VTT', version };
    },
  };
  return store;
};

const fail = (message: string): never => {
  throw new RangeError(message);
};
