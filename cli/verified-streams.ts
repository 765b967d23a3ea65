import type { ContentProof, StreamProof } from '../shared/app/archive.ts';
import { CONTENT_STREAMS } from '../shared/app/content-archive.ts';
import type { Day } from '../shared/model/day.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import { STREAMS } from '../shared/model/stream.ts';
import { plural } from './text.ts';

/** What was recomputed of a stream of the logs, as lines. */
export const proofLines = (proof: StreamProof): string[] => {
  const { source, stream, firstDay, lastDay, days, objects, events, rows } = proof;
  const { chain, otherMappings = [] } = proof;
  const rejected = rows - events;
  const figures = [
    plural(objects, 'object'),
    plural(events, 'event'),
    ...(rejected > 0 ? [plural(rejected, 'unreadable row')] : []),
  ].join(', ');
  return [
    `${source} ${STREAMS[stream].title}: ${plural(days, 'day')} (${rangeOf(firstDay, lastDay)}), ${figures}`,
    ledgerLine(proof),
    ...otherMappings.map(
      ({ mapping, lines }) =>
        `  mapping version ${mapping}: ${plural(lines, 'line')}; ids, times, the rows' own fields, order and counts checked. ` +
        'Use replay to re-normalize them.',
    ),
    ...chain.map(chainLine),
  ];
};

/** What was recomputed of a stream of content, as lines. */
export const contentLines = (proof: ContentProof): string[] => {
  const { source, stream, firstDay, lastDay, days, objects, rows, files, bytes, filesRead, chain } = proof;
  const { title, files: fileRules } = CONTENT_STREAMS[stream];
  const how = filesRead ? 'every byte read' : 'names, sizes and custody; to read the bytes: --files';
  return [
    `${source} ${title}: ${plural(days, 'day')} (${rangeOf(firstDay, lastDay)}), ${plural(objects, 'object')}, ${plural(rows, 'row')}`,
    ...(fileRules ? [`  files: ${plural(files, 'file')}, ${formatBytes(bytes)} (${how})`] : []),
    ledgerLine(proof),
    ...chain.map(chainLine),
  ];
};

const rangeOf = (first: Day, last: Day): string => (first === last ? first : `${first} to ${last}`);

const ledgerLine = ({
  days,
  completeDays,
  gapDays,
}: Pick<StreamProof, 'days' | 'completeDays' | 'gapDays'>): string => {
  const gaps = gapDays > 0 ? `, ${plural(gapDays, 'gap day')}` : '';
  return `  ledger: ${plural(completeDays, 'day')} closed${gaps}, ${days - completeDays - gapDays} open`;
};

const chainLine = ({ from, to, head }: StreamProof['chain'][number]): string =>
  `  chain: ${from} to ${to}, head ${head}`;
