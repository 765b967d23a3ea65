import { ConfigurationError } from '../shared/errors.ts';
import {
  DEFAULT_CONTENT_TYPES,
  DEFAULT_MIRROR_RULES,
  type ContentConfig,
  type ContentMode,
  type PeopleChoice,
} from '../shared/model/content-config.ts';
import { type Day, dayOf } from '../shared/model/day.ts';
import { assertInOrder, wrongDay } from './arguments.ts';
import { configuredSource, readSources } from './configured-source.ts';
import type { ContentFlags } from './content-options.ts';

/** Zoom began service in January 2013. */
const FIRST_DAY = '2013-01-01' as Day;

/**
 * The content to collect: the flags, and for those that are not given the `content` of the source in a sources file. Throws
 * ConfigurationError if there is no policy for the end of the app's authorization. `otherwise` is the mode if neither names one.
 */
export const chooseContent = (
  flags: ContentFlags,
  source: string,
  configFile: string | undefined,
  otherwise: ContentMode = 'archive',
): ContentConfig => {
  const file = configFile === undefined ? undefined : contentOf(source, configFile);
  const onDeauthorization = flags.onDeauthorization ?? file?.onDeauthorization;
  if (onDeauthorization === undefined) {
    throw new ConfigurationError(
      'usage',
      'Content needs --on-deauthorization retain or --on-deauthorization delete:DAYS: what happens to it when the account removes ' +
        'the app. There is no default, because law and contracts decide it. A sources file (--config) may have it as "onDeauthorization".',
    );
  }
  return {
    mode: flags.mode ?? file?.mode ?? otherwise,
    mirror: {
      ...(file?.mirror ?? DEFAULT_MIRROR_RULES),
      ...(flags.graceDays !== undefined && { graceDays: flags.graceDays }),
    },
    types: [...(flags.types ?? file?.types ?? DEFAULT_CONTENT_TYPES)],
    bots: flags.bots ?? file?.bots ?? false,
    people: choosePeople(flags, file?.people),
    onDeauthorization,
    ...(file?.from !== undefined && { from: file.from }),
    ...(file?.to !== undefined && { to: file.to }),
  };
};

const contentOf = (source: string, configFile: string): ContentConfig => {
  const { content } = configuredSource(source, readSources(configFile), configFile);
  if (content) return content;
  throw new ConfigurationError(
    'sources-file',
    `The source "${source}" in ${configFile} has no "content". Add {"content": {"onDeauthorization": "retain"}}, or leave out --config.`,
  );
};

/** `--people` and `--groups` together replace whom the file includes. */
const choosePeople = (
  { people, groups, exclude, futurePeople }: ContentFlags,
  file: PeopleChoice | undefined,
): PeopleChoice => {
  const emails = people === undefined || people === 'all' ? [] : [...people];
  const isChosen = people !== undefined || groups !== undefined;
  const include: PeopleChoice['include'] =
    people === 'all' ? 'all' : isChosen ? { emails, groups: [...(groups ?? [])] } : (file?.include ?? 'all');
  if (people === 'all' && groups !== undefined) {
    throw new ConfigurationError('usage', '--people all includes every group. Leave out --groups.');
  }
  return {
    include,
    exclude: [...(exclude ?? file?.exclude ?? [])],
    future: futurePeople === false ? false : (file?.future ?? true),
  };
};

/** The range of days of a run. Throws ConfigurationError, naming the flag to correct. */
export const contentRange = (
  from: Day | undefined,
  to: Day | undefined,
  now: Date,
): { readonly from: Day; readonly to: Day } => {
  const today = dayOf(now);
  if (from === undefined || to === undefined) {
    throw wrongDay(
      `${from === undefined ? '--from' : '--to'} is missing. Give the range of days in UTC: --from DAY --to DAY.`,
    );
  }
  assertInOrder(from, to);
  if (from > today) {
    throw wrongDay(
      `--from ${from} is in the future: today is ${today} in UTC, and nothing was recorded yet.`,
    );
  }
  if (to > today) throw wrongDay(`--to ${to} is in the future: today is ${today} in UTC. Use --to ${today}.`);
  if (from < FIRST_DAY) {
    throw wrongDay(
      `--from ${from} is before Zoom existed: it began service in January 2013, so there is no earlier content. Use --from ${FIRST_DAY} or later.`,
    );
  }
  return { from, to };
};
