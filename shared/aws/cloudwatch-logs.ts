import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import type { LastFailure } from '../health/observations.ts';
import { cutText } from '../model/well-formed.ts';
import type { PollerLogs } from '../monitor/ports.ts';
import { toConfigurationError } from './aws-errors.ts';
import { parseJson } from '../model/json-text.ts';

/** What we say of a poll that failed, and what Lambda says of a function that could not even say that. */
const WORDS = '?"poll failed" ?"Task timed out" ?"Runtime exited" ?"Runtime.ImportModuleError"';

/** The most of the log that is read for each day without polls. */
const MOST_PAGES = 10;

const OurLineSchema = z.object({
  message: z.literal('poll failed'),
  reason: z.string().default('failed'),
  problem: z.string().default(''),
});

/** The logs of the pollers in CloudWatch. `groups` are the names of their log groups, by source. */
export class CloudWatchPollerLogs implements PollerLogs {
  readonly #client: CloudWatchLogsClient;
  readonly #groups: Readonly<Record<string, string>>;

  constructor(client: CloudWatchLogsClient, groups: Readonly<Record<string, string>>) {
    this.#client = client;
    this.#groups = groups;
  }

  async lastFailure(source: string, after: Date): Promise<LastFailure | undefined> {
    const logGroupName = this.#groups[source];
    if (logGroupName === undefined) return undefined;
    let last: { timestamp: number; message: string } | undefined;
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { events = [], nextToken: next } = await this.#filter(logGroupName, after, nextToken);
      for (const { timestamp = 0, message = '' } of events) {
        if (timestamp > after.getTime() && timestamp >= (last?.timestamp ?? 0)) last = { timestamp, message };
      }
      nextToken = next;
      if (nextToken === undefined) break;
    }
    return last && { at: new Date(last.timestamp), ...readLine(last.message) };
  }

  async #filter(
    logGroupName: string,
    after: Date,
    nextToken: string | undefined,
  ): Promise<Pick<FilterLogEventsCommandOutput, 'events' | 'nextToken'>> {
    try {
      return await this.#client.send(
        new FilterLogEventsCommand({
          logGroupName,
          startTime: after.getTime(),
          filterPattern: WORDS,
          nextToken,
        }),
      );
    } catch (error) {
      // A function that never ran has no log: that is no news.
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return {};
      throw toConfigurationError(error, {
        action: 'logs:FilterLogEvents',
        resource: `the log group ${logGroupName}`,
      });
    }
  }
}

const readLine = (text: string): { reason: string; message: string } => {
  const line = OurLineSchema.safeParse(parseJson(text));
  return line.success
    ? { reason: line.data.reason, message: line.data.problem }
    : { reason: 'failed', message: cutText(text.trim(), 500) };
};
