import type { MirrorItem, MirrorPlan, MirrorState } from '../shared/app/mirror.ts';
import { formatCount, oneLine, plural } from './text.ts';

/** The files of a brake that a summary names. */
export const MOST_NAMED = 10;

/** What a change of the mode does with the files of a source. */
export const modePlanToText = (source: string, plan: MirrorPlan): string => {
  const { mode, show, files } = plan;
  const lines =
    mode === 'mirror'
      ? [
          `${source} is an archive: everything is in view. As a mirror:`,
          ...whatHappens(plan),
          `  - the other files stay in view (${formatCount(files)} in all)`,
          'All of them are released from the brake by this change.',
        ]
      : [
          `${source} is a mirror. As an archive, everything is in view:`,
          `  - ${plural(show.length, 'hidden file')} will be shown again`,
        ];
  return [...lines, 'Nothing that is held is removed, and the mode can be changed back.']
    .map((line) => `${line}\n`)
    .join('');
};

/** What the mirror of a source does next. */
export const mirrorPlanToText = (source: string, plan: MirrorPlan): string => {
  const { mode, hidden, files, brake } = plan;
  if (mode !== 'mirror') {
    return `${source} is an archive: ${formatCount(files)} files, none hidden. Change it with collect --content --mode mirror.\n`;
  }
  return [
    `${source} is a mirror: ${plural(files, 'file')}, ${formatCount(hidden.length)} hidden. The next run:`,
    ...(brake ? ['  - hides nothing: the brake is on, see below'] : whatHappens(plan)),
    ...(brake ? ['', ...brakeLines(source, brake)] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
};

/** Why the brake is on, with its files. */
export const brakeLines = (
  source: string,
  { items, total }: NonNullable<MirrorPlan['brake']>,
  named = items.length,
): string[] => [
  brakeTitle(source, items.length, total),
  ...items.slice(0, named).map(toLine),
  ...more(items.length - named),
  remedy(source),
];

/** The same from the state of the last run. */
export const brakeToText = (
  source: string,
  { files, total, named }: NonNullable<MirrorState['brake']>,
): string[] => [
  brakeTitle(source, files, total),
  ...named.slice(0, MOST_NAMED).map((file) => lineOf(file.day, file.stream, file.item, file.topic, file.at)),
  ...more(files - Math.min(named.length, MOST_NAMED)),
  remedy(source),
];

const brakeTitle = (source: string, files: number, total: number): string =>
  `BRAKE ${source}: ${plural(files, 'file')} of ${formatCount(total)} left Zoom, too many to hide within a day. Nothing is hidden:`;

const more = (count: number): string[] =>
  count > 0 ? [`  and ${formatCount(count)} more: mirror plan`] : [];

const remedy = (source: string): string =>
  `If they were deleted by mistake, recover them in Zoom's trash. If not: mirror release --source ${source}`;

const toLine = ({ slice: { stream, day }, file, gone }: MirrorItem): string =>
  lineOf(day, stream, file.item, file.topic, gone?.at ?? '');

const lineOf = (day: string, stream: string, item: string, topic: string, at: string): string =>
  `  ${day} ${stream} ${item} "${oneLine(topic)}", away since ${at.slice(0, 16).replace('T', ' ')}`;

const whatHappens = ({ due, show, waiting, kept }: MirrorPlan): string[] => {
  const first = waiting
    .map(({ until }) => until)
    .sort((a, b) => a.getTime() - b.getTime())
    .at(0);
  const byHold = Map.groupBy(kept, ({ hold }) => hold);
  return [
    due.length === 0
      ? '  - no file will be hidden by the next run'
      : `  - ${plural(due.length, 'file')} that left Zoom will be hidden by the next run`,
    ...(first
      ? [
          `  - ${plural(waiting.length, 'file')} that left Zoom will be hidden later, the first on ${first.toISOString().slice(0, 10)}`,
        ]
      : []),
    ...[...byHold].map(
      ([hold, items]) =>
        `  - ${plural(items.length, 'file')} that left Zoom ${items.length === 1 ? 'stays' : 'stay'} in view by the hold "${hold}"`,
    ),
    ...(show.length > 0 ? [`  - ${plural(show.length, 'hidden file')} will be shown again`] : []),
  ];
};
