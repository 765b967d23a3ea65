import type { ObjectStore } from '../collect/ports.ts';
import { jsonBytes } from '../collect/state/state-file.ts';
import { certificateKey } from '../contract/object-keys.ts';
import type { ContentConfig } from '../model/content-config.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import type { Day } from '../model/day.ts';
import type { ContentReport } from './collect-content.ts';
import { type ContentTask, daysOfTask } from './content-task.ts';
import { type Holdings, subjectCounts } from './holdings.ts';
import { REPLACED } from './slice-files.ts';
import { readContentState } from './slice-state.ts';

/** The version of this form. */
const FORM = 1;

/** A day that is closed, with the entry of the ledger that says so. */
interface ClosedDay {
  readonly stream: ContentStreamName;
  readonly day: Day;
  readonly revision: number;
  readonly ledger_sha256: string;
}

/** The subject and the results of a collection with `once`. */
export interface CertificateFacts {
  readonly source: string;
  readonly accountId: string;
  readonly toolVersion: string;
  readonly task: ContentTask;
  readonly choice: Pick<ContentConfig, 'types' | 'people'>;
  readonly report: ContentReport;
  readonly holdings: Holdings;
  readonly closed: readonly ClosedDay[];
  readonly beganAt: Date;
  readonly endedAt: Date;
}

/** The certificate: what was asked, found and held, what failed and why. */
export const toCertificate = ({ source, task, choice, report, holdings, ...facts }: CertificateFacts) => ({
  form: FORM,
  tool: { name: 'zoom-log-source', version: facts.toolVersion },
  source,
  account_id: facts.accountId,
  began_at: facts.beganAt.toISOString(),
  ended_at: facts.endedAt.toISOString(),
  complete: isComplete(report, holdings),
  asked: {
    streams: task.streams,
    from: task.from,
    to: task.to,
    types: choice.types,
    people: choice.people,
    ...(report.peopleFixedAt !== undefined && { people_fixed_at: report.peopleFixedAt }),
  },
  found: {
    people: report.people,
    ...subjectCounts(holdings.found),
    files: holdings.files,
  },
  held: {
    files: holdings.held,
    same_as: holdings.sameAs,
    bytes: holdings.bytes,
    files_digest: holdings.filesDigest,
  },
  failed: holdings.failed,
  skipped: holdings.skipped,
  processing: holdings.processing,
  pending: holdings.pending,
  gone: holdings.gone,
  unproven: report.problems.map(({ stream, unit, reason, message }) => ({
    stream,
    ...(unit !== undefined && { unit }),
    reason,
    message,
  })),
  closed: facts.closed,
  open: report.open.map(({ slice: { stream, day }, because }) => ({ stream, day, because })),
});

export type Certificate = ReturnType<typeof toCertificate>;

/** The failures that leave something missing. A version that Zoom replaced is explained by the newer one. */
export const missingOf = ({ failed }: Pick<Holdings, 'failed'>): Holdings['failed'] =>
  failed.filter(({ reason }) => reason !== REPLACED);

/** Whether everything of the range is held, or explained: skipped by choice, or still processed by Zoom. */
export const isComplete = (
  { problems }: Pick<ContentReport, 'problems'>,
  holdings: Pick<Holdings, 'failed' | 'pending'>,
): boolean => problems.length === 0 && missingOf(holdings).length === 0 && holdings.pending === 0;

/** The days of a range that are closed, of the streams of a run. */
export const readClosedDays = async (
  store: ObjectStore,
  source: string,
  task: ContentTask,
  open: ContentReport['open'],
  now: Date,
): Promise<ClosedDay[]> => {
  const isOpen = new Set(open.map(({ slice }) => `${slice.stream} ${slice.day}`));
  const closed: ClosedDay[] = [];
  for (const stream of task.streams) {
    for (const day of daysOfTask(stream, task, now)) {
      const ledger = (await readContentState(store, { source, stream, day }))?.ledger;
      if (!ledger || isOpen.has(`${stream} ${day}`)) continue;
      closed.push({ stream, day, revision: ledger.revision, ledger_sha256: ledger.sha256 });
    }
  }
  return closed;
};

/**
 * Stores a certificate and returns its key. It is written once and never changed: the name has the range and the time, and a name
 * that another collector took meanwhile gets a number.
 */
export const writeCertificate = async (store: ObjectStore, certificate: Certificate): Promise<string> => {
  const { source, ended_at: endedAt } = certificate;
  const { from, to } = certificate.asked;
  const name = `${from}_${to}_${endedAt.replaceAll(/[-:.]/g, '')}`;
  const body = jsonBytes(certificate);
  for (let number = 1; ; number += 1) {
    const key = certificateKey(source, number === 1 ? name : `${name}-${number}`);
    if (await store.create(key, body, {})) return key;
    // An earlier attempt of ours may have stored it, and its response was lost.
    if ((await store.read(key))?.equals(body)) return key;
  }
};
