import { RUNBOOK } from '../contract/alarms.ts';
import { asCode, cut } from '../model/chat-text.ts';
import type { Finding } from './finding.ts';
import { formatInstant, formatDuration } from './format.ts';

/** The most characters that CloudWatch accepts as the reason of a state. */
const MOST = 1023;

/** An error is cut to this length: its beginning says what failed. */
const MOST_OF_ERROR = 400;

/** The reason of an alarm, as on-call reads it: what, since when, the newest event, the error, the data loss, what to do, where. */
export const raisedText = (
  source: string,
  { cause, what, since, lost, error, todo, heading }: Finding,
  newestEvent: Date | undefined,
  now: Date,
): string => {
  const lines = [
    what,
    // The text of a silence already has its length.
    cause === 'silent'
      ? ''
      : `Since ${formatInstant(since)} (${formatDuration(now.getTime() - since.getTime())}). Newest event: ${newestEvent ? formatInstant(newestEvent) : 'none yet'}.`,
    error === undefined ? '' : `Error: ${asCode(error, MOST_OF_ERROR)}`,
    lost,
    `Do: ${todo.replaceAll('SOURCE', source)}`,
    `Runbook: ${RUNBOOK}#${heading}. Details: bin/zoom-log-source status --deployed --source ${source}`,
  ];
  return cut(lines.filter((line) => line !== '').join('\n'), MOST);
};

/** The text for the end of an alarm. */
export const clearedText = (source: string, explanation: string, since: Date, now: Date): string =>
  cut(
    `${source} is healthy again: ${explanation}. It was unhealthy for ${formatDuration(now.getTime() - since.getTime())}.`,
    MOST,
  );
