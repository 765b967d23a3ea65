import { RUNBOOK } from '../contract/alarms.ts';
import { asCode, cut } from '../model/chat-text.ts';
import type { Finding } from './finding.ts';
import { formatInstant, formatDuration } from './format.ts';

/** CloudWatch takes no more characters as the reason of a state. */
const MOST = 1023;

/** Beneath the rest, an error may be cut to this much: what it says first is what failed. */
const MOST_OF_ERROR = 400;

/** The reason of an alarm, as on-call reads it: what, since when, the last event, the error, what is lost, what to do, where. */
export const raisedText = (
  source: string,
  { cause, what, since, lost, error, todo, heading }: Finding,
  newestEvent: Date | undefined,
  now: Date,
): string => {
  const lines = [
    what,
    // What is said of a silence has its length already: a second time beside it would have to be explained.
    cause === 'silent'
      ? ''
      : `Since ${formatInstant(since)} (${formatDuration(now.getTime() - since.getTime())}). Newest event: ${newestEvent ? formatInstant(newestEvent) : 'none yet'}.`,
    error === undefined ? '' : `Error: ${asCode(error, MOST_OF_ERROR)}`,
    lost,
    `Do: ${todo.replaceAll('SOURCE', source)}`,
    `Runbook: ${RUNBOOK}#${heading}. Look closer: bin/zoom-log-source status --deployed --source ${source}`,
  ];
  return cut(lines.filter((line) => line !== '').join('\n'), MOST);
};

/** What is said when it is over. */
export const clearedText = (source: string, explanation: string, since: Date, now: Date): string =>
  cut(
    `${source} is well again: ${explanation}. It was not for ${formatDuration(now.getTime() - since.getTime())}.`,
    MOST,
  );
