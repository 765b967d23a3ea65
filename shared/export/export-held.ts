import { storedFiles, type StoredFile } from '../content/stored-files.ts';
import { daysOf } from '../content/content-days.ts';
import { CHAT_STREAM, FILE_STREAMS } from '../content/content-streams.ts';
import type { FileStore } from '../content/ports.ts';
import { CorruptObjectError } from '../errors.ts';
import { jsonBytes } from '../collect/state/state-file.ts';
import type { Day } from '../model/day.ts';
import {
  type DayOfExport,
  type ExportCounts,
  type ExportFacts,
  isExportComplete,
  type NotExported,
  readDays,
  toExportCertificate,
} from './certificate.ts';
import { type ContentExport, DAMAGED, ExportTally } from './content-export.ts';
import { ExportPeople, findKnownPeople } from './export-people.ts';
import { NativeExport } from './native-export.ts';
import type { ExportFolder } from './ports.ts';
import { chatDays, readChatDay } from './read-chat.ts';
import { RsmfExport } from './rsmf-export.ts';
import { RSMF_LIMITS, type RsmfLimits } from './rsmf-slices.ts';
import { type ExportSelection, isSelected, selectsRecordings } from './selection.ts';

/** The streams whose files are exported by themselves. Those of chat belong to its messages. */
const RECORDING_STREAMS = FILE_STREAMS.filter((stream) => stream !== CHAT_STREAM);

/** What an export reads and writes. */
export interface ExportContext {
  readonly store: FileStore;
  readonly folder: ExportFolder;
  readonly toolVersion: string;
  readonly signal: AbortSignal;
  readonly limits?: RsmfLimits | undefined;
}

/** The result of an export. */
export interface ExportReport {
  readonly counts: ExportCounts;
  readonly notExported: readonly NotExported[];
  /** Files that a mirror hides, and that were left out. */
  readonly hidden: number;
  readonly days: readonly DayOfExport[];
  readonly without: ExportFacts['without'];
  readonly isComplete: boolean;
}

/**
 * Exports what is held of a selection: source by source, recordings before chat, day by day. Equal contents give equal bytes. Memory
 * does not grow with the number of days, files and bytes: it holds one day at a time. Throws the signal's reason.
 */
export const exportHeld = async (
  context: ExportContext,
  selection: ExportSelection,
): Promise<ExportReport> => {
  const { store, folder, signal } = context;
  const tally = new ExportTally();
  const people = new ExportPeople(selection.people);
  const target = await openExport(context, selection, tally);
  const days: DayOfExport[] = [];
  for (const source of selection.sources) {
    if (selectsRecordings(selection)) {
      for (const stream of RECORDING_STREAMS)
        days.push(...(await readDays(store, source, stream, selection)));
      await addRecordings(context, selection, source, people, tally, target);
    }
    const chat = isSelected(selection, 'messages') ? await chatDays(store, source) : [];
    // An account without chat is complete without it, unless chat is what was selected.
    if (chat.length > 0 || selection.format === 'rsmf' || (selection.types?.includes('messages') ?? false)) {
      days.push(...(await readDays(store, source, CHAT_STREAM, selection)));
    }
    for (const day of chat.filter((one) => isWithin(selection, one))) {
      signal.throwIfAborted();
      await addChatDay(context, selection, source, day, people, tally, target);
    }
  }
  const { without: missing } = people;
  const known = missing.length > 0 ? await findKnownPeople(store, selection.sources, missing) : new Set();
  const facts = {
    selection,
    toolVersion: context.toolVersion,
    counts: tally.counts,
    days,
    notExported: tally.notExported,
    hidden: tally.hidden,
    without: missing.map((person) => ({ person, isKnown: known.has(person) })),
    replaced: tally.replaced,
  };
  await target.finish((lists) => jsonBytes(toExportCertificate({ ...facts, lists })));
  await folder.finish();
  const { counts, notExported, hidden, without } = facts;
  return {
    counts,
    notExported,
    hidden,
    days,
    without,
    isComplete: isExportComplete({ ...facts, lists: [] }),
  };
};

const openExport = (
  { store, folder, signal, limits = RSMF_LIMITS }: ExportContext,
  selection: ExportSelection,
  tally: ExportTally,
): Promise<ContentExport> =>
  selection.format === 'rsmf'
    ? RsmfExport.open({ store, folder, tally, signal, limits, isWithin: (day) => isWithin(selection, day) })
    : NativeExport.open(store, folder, tally, signal, selection.format);

const isWithin = ({ from, to }: ExportSelection, day: Day): boolean => from <= day && day <= to;

const addRecordings = async (
  { store, signal }: ExportContext,
  selection: ExportSelection,
  source: string,
  people: ExportPeople,
  tally: ExportTally,
  target: ContentExport,
): Promise<void> => {
  const daysWithFiles = await Promise.all(
    RECORDING_STREAMS.map((stream) => daysOf(store, { source, stream })),
  );
  if (daysWithFiles.flat().length === 0) return;
  const { from, to } = selection;
  for await (const file of storedFiles(store, { sources: [source], from, to })) {
    signal.throwIfAborted();
    if (file.stream === CHAT_STREAM || file.type === 'meetings') continue;
    if (!isSelected(selection, file.type) || !people.isHost(file.host)) continue;
    if (file.hidden && selection.hidden !== true) {
      tally.addHidden();
      continue;
    }
    const { key, sha256, size } = file;
    if (key === undefined || sha256 === undefined || size === undefined) {
      tally.notExported.push(toNotExported(file, file));
      continue;
    }
    try {
      await target.addRecording({ ...file, key, sha256, bytes: size });
      tally.add({ recordings: 1 });
    } catch (error) {
      if (!(error instanceof CorruptObjectError)) throw error;
      tally.notExported.push(toNotExported(file, { state: 'damaged', reason: 'damaged', message: DAMAGED }));
    }
  }
};

const toNotExported = (
  { source, stream, day, item, version, topic }: StoredFile,
  { state, reason, message }: Pick<NotExported, 'state' | 'reason' | 'message'>,
): NotExported => ({ source, day, stream, item, version, name: topic, state, reason, message });

const addChatDay = async (
  { store }: ExportContext,
  { hidden }: ExportSelection,
  source: string,
  day: Day,
  people: ExportPeople,
  tally: ExportTally,
  target: ContentExport,
): Promise<void> => {
  const chat = await readChatDay(store, source, day, hidden === true);
  for (const conversation of chat.conversations) {
    const there = people.inConversation(conversation);
    if (!there || conversation.messages.length === 0) continue;
    await target.addConversation(chat, conversation, there);
    tally.add({ sessions: 1, messages: conversation.messages.length });
  }
};
