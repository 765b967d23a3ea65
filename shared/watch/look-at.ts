import type { ObjectStore } from '../collect/ports.ts';
import { judgeSource } from '../health/judge-source.ts';
import type { SourceJudgement } from '../health/judgement.ts';
import type { Expectations, SourceSigns } from '../health/signs.ts';
import { sourceTrouble } from '../health/source-trouble.ts';
import type { PollerLogs } from './ports.ts';
import { readSigns, type Watched } from './read-signs.ts';

/** Where to look, and whom to tell that a log can't be read: the verdict then says less of why. */
export interface Outlook {
  readonly store: ObjectStore;
  readonly pollerLogs: PollerLogs;
  readonly unheard: (source: string, problem: unknown) => void;
}

/** How a source is at one moment, and by which signs. */
export interface SourceHealth {
  readonly signs: SourceSigns;
  readonly judgement: SourceJudgement;
}

/** Looks at a source and says how it is. It changes nothing: what follows from it is the watch's. */
export const lookAt = async (
  outlook: Outlook,
  watched: Watched,
  expected: Expectations,
  now: Date,
): Promise<SourceHealth> => {
  const signs = await heard(outlook, await readSigns(outlook.store, watched, now), expected, now);
  return { signs, judgement: judgeSource(signs, expected, now) };
};

/** A source that hasn't been heard of may have said why in its log. */
const heard = async (
  { pollerLogs, unheard }: Outlook,
  signs: SourceSigns,
  expected: Expectations,
  now: Date,
): Promise<SourceSigns> => {
  const trouble = sourceTrouble(signs, expected, now);
  if (trouble?.reason !== 'not-running') return signs;
  const lastWords = await pollerLogs.lastWords(signs.source, trouble.since).catch((problem: unknown) => {
    unheard(signs.source, problem);
    return undefined;
  });
  return { ...signs, lastWords };
};
