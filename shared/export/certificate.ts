import { readLedger } from '../collect/ledger/ledger.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { readContentState } from '../content/slice-state.ts';
import { slicePrefix } from '../contract/object-keys.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import { type Day, daysBetween } from '../model/day.ts';
import type { WrittenFile } from './ports.ts';
import type { ExportSelection } from './selection.ts';
import type { TextReplacements } from './text-replacements.ts';

/** The version of this form. */
const FORM = 1;

/** Something that was selected and is not in the export. */
export interface NotExported {
  readonly source: string;
  readonly day: Day;
  readonly stream: string;
  readonly item: string;
  readonly version: string;
  /** Its name for people, as Zoom has it. */
  readonly name: string;
  /** `failed`, `skipped`, `processing`, `pending`, or `damaged`: its bytes are not the ones in custody. */
  readonly state: string;
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

/** A day that the export rests on. `closed`: by this entry of the ledger. `missing`: it was never collected. */
export type DayOfExport = {
  readonly source: string;
  readonly stream: ContentStreamName;
  readonly day: Day;
} & (
  | {
      readonly state: 'closed';
      readonly verdict: string;
      readonly revision: number;
      readonly ledger_sha256: string;
    }
  | { readonly state: 'open' | 'missing' }
);

/** What is in an export, in all. */
export interface ExportCounts {
  readonly recordings: number;
  readonly sessions: number;
  readonly messages: number;
  readonly chatFiles: number;
  readonly files: number;
  readonly bytes: number;
}

export interface ExportFacts {
  readonly selection: ExportSelection;
  readonly toolVersion: string;
  readonly counts: ExportCounts;
  readonly lists: readonly WrittenFile[];
  readonly days: readonly DayOfExport[];
  readonly notExported: readonly NotExported[];
  /** Files that a mirror hides, and that were left out. */
  readonly hidden: number;
  /** Selected people of whom nothing was found, and whether a list of people has them. */
  readonly without: readonly { readonly person: string; readonly isKnown: boolean }[];
  readonly replaced: TextReplacements;
}

/** How each format treats text that it cannot hold. */
const TEXT_RULES = [
  'Half surrogate pairs become U+FFFD in every format.',
  'In the DAT file, a line break within a value is ®, ® is (R), þ is th, and U+0014 is a space. The CSV file has the values unchanged.',
  'File names have no control characters and none of < > : " / \\ | ? * %. The name at Zoom is in the field FILENAME or "display".',
] as const;

/** The certificate: what was selected, what is there, what it rests on, what is missing. It has no clock. */
export const toExportCertificate = (facts: ExportFacts) => ({
  form: FORM,
  tool: { name: 'zoom-log-source', version: facts.toolVersion },
  selection: { ...facts.selection, types: facts.selection.types ?? 'all' },
  complete: isExportComplete(facts),
  counts: {
    recordings: facts.counts.recordings,
    chat_sessions: facts.counts.sessions,
    chat_messages: facts.counts.messages,
    chat_files: facts.counts.chatFiles,
    files: facts.counts.files,
    bytes: facts.counts.bytes,
  },
  lists: facts.lists,
  days: facts.days,
  not_exported: facts.notExported,
  ...(facts.hidden > 0 && { hidden: facts.hidden }),
  people_without_content: facts.without.map(({ person, isKnown }) => ({ person, known: isKnown })),
  text_rules: TEXT_RULES,
  replaced: facts.replaced.toJson(),
});

/** Whether everything that was selected is in the export. Days that are open count: what they hold by now is there. */
export const isExportComplete = ({ notExported, days, without }: ExportFacts): boolean =>
  notExported.length === 0 &&
  days.every(({ state }) => state !== 'missing') &&
  without.every(({ isKnown }) => isKnown);

/** The days of a stream that an export rests on, with their entries in the ledger. */
export const readDays = async (
  store: ObjectStore,
  source: string,
  stream: ContentStreamName,
  { from, to }: Pick<ExportSelection, 'from' | 'to'>,
): Promise<DayOfExport[]> => {
  const days: DayOfExport[] = [];
  for (const day of daysBetween(from, to)) {
    const slice = { source, stream, day };
    const sealed = (await readLedger(store, slice)).at(-1);
    if (sealed) {
      const { verdict, revision } = sealed.entry;
      days.push({ ...slice, state: 'closed', verdict, revision, ledger_sha256: sealed.sha256 });
      continue;
    }
    const isListed =
      (await readContentState(store, slice)) !== undefined ||
      (await store.list(slicePrefix('raw', slice))).length > 0;
    days.push({ ...slice, state: isListed ? 'open' : 'missing' });
  }
  return days;
};
