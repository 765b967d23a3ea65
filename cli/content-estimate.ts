import {
  type ContentTask,
  type EstimatedRun,
  type FoundSubjects,
  subjectCounts,
} from '../shared/app/content.ts';
import { CONTENT_STREAMS } from '../shared/app/content-archive.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import { problemLines } from './content-report.ts';
import { formatCount, plural } from './text.ts';

/** What a run would collect, as JSON. */
export const contentEstimateToJson = (
  source: string,
  { streams, from, to }: ContentTask,
  run: EstimatedRun,
): string => {
  const { people, chosen, found, requests, detailRequests, held, ...counts } = run;
  const json = {
    source,
    streams,
    from,
    to,
    people,
    chosen,
    ...subjectCounts(found),
    ...counts,
    held: held.held,
    heldBytes: held.bytes,
    requestsMade: requests,
    requestsOfRun: requests + detailRequests,
  };
  return `${JSON.stringify(json)}\n`;
};

/** The same as text. It says what was counted and what is estimated. */
export const contentEstimateToText = (
  source: string,
  { from, to, streams }: ContentTask,
  run: EstimatedRun,
): string => {
  const { people, chosen, unsized, skipped, processing, held } = run;
  const all = run.requests + run.detailRequests;
  const lines = [
    `${source}, ${from} to ${to}, as Zoom lists it now:`,
    `  ${formatCount(people)} ${people === 1 ? 'person' : 'people'}, ${formatCount(chosen)} of them chosen`,
    ...run.found
      .filter(({ stream, files }) => files !== undefined || streams.includes(stream))
      .map((found) => `  ${foundToText(found)}`),
    unsized > 0 && `  Zoom states no size for ${plural(unsized, 'file')}: they are not in that sum.`,
    skipped > 0 && `  ${plural(skipped, 'file')} of other types would be skipped (--types).`,
    processing > 0 && `  ${plural(processing, 'file')} still processed by Zoom.`,
    held.held > 0 &&
      `  The folder holds ${plural(held.held, 'file')} of this range (${formatBytes(held.bytes)}).`,
    `Requests: ${formatCount(run.requests)} were made to list this. A run makes about ${formatCount(all)}, and one or two for each file it fetches.`,
    'Sizes are as Zoom states them, and the requests of a run are an estimate: lists are repeated if they change meanwhile.',
    'Nothing was downloaded, and the folder was not changed.',
    ...problemLines(source, run.problems),
  ].filter((line) => line !== false);
  return lines.map((line) => `${line}\n`).join('');
};

const foundToText = ({ stream, subjects, files }: FoundSubjects): string => {
  const { title, subjects: rule } = CONTENT_STREAMS[stream];
  if (subjects === undefined) return `${title} not listed`;
  const count = plural(subjects, rule?.noun ?? title);
  return files === undefined
    ? count
    : `${count} with ${plural(files.count, 'file')} to hold, ${formatBytes(files.bytes)}`;
};
