import type { Deployed } from './deployment.ts';
import { FREE, PRICES } from './prices.ts';
import type { DayUsage } from './usage.ts';

/** A line of a bill: the daily use of an item, and its monthly cost. */
export interface BillItem {
  readonly item: string;
  readonly perDay: number;
  /** Dollars a month. */
  readonly dollars: number;
}

export const DAYS_A_MONTH = 30;

/** Lambda's daily requests to an empty queue: five parallel long polls of 20 seconds each. */
const QUEUE_POLLS_A_DAY = 5 * ((24 * 60 * 60) / 20);

/** Per message: sent by the topic, received and deleted by the reader. */
const REQUESTS_A_MESSAGE = 3;

/** Lambda's log lines of a run (START, END, REPORT), and CloudWatch's overhead per line. */
const LAMBDA_LINES = { lines: 3, bytes: 330 };
const BYTES_A_LINE = 26;

/** By the bucket's lifecycle; see infra/constructs/event-bucket.ts. */
const DAYS_AN_OLD_STATE_IS_KEPT = 1;

const GB = 1e9;

/** The monthly cost of one source, without the free tier except for dashboards. */
export const billOf = (usage: DayUsage, deployed: Deployed): BillItem[] => {
  const { poller, watch } = usage;
  const both = [poller, watch];
  const sum = (of: (one: typeof poller) => number): number => both.reduce((all, one) => all + of(one), 0);
  const daily = (item: string, perDay: number, price: number): BillItem => ({
    item,
    perDay,
    dollars: perDay * DAYS_A_MONTH * price,
  });
  const standing = (item: string, count: number, price: number): BillItem => ({
    item,
    perDay: count,
    dollars: count * price,
  });
  const gbSeconds = (one: typeof poller): number => (one.billedMs / 1000) * (one.memoryMib / 1024);
  const created = sum(({ calls }) => calls.createdBytes);
  const kept = created * DAYS_A_MONTH + sum(({ calls }) => calls.replacedBytes) * DAYS_AN_OLD_STATE_IS_KEPT;
  const runs = sum((one) => one.runs);
  const logBytes =
    usage.logged.bytes +
    usage.logged.lines * BYTES_A_LINE +
    runs * (LAMBDA_LINES.bytes + LAMBDA_LINES.lines * BYTES_A_LINE);
  const messages = sum(({ calls }) => calls.announced);
  const dashboards = deployed.drawn <= FREE.drawnMetrics ? FREE.dashboards : 0;
  return [
    daily('Lambda, invocations', runs, PRICES.lambda.request),
    daily('Lambda, GB-seconds', sum(gbSeconds), PRICES.lambda.armGbSecond),
    daily(
      'S3, puts',
      sum(({ calls }) => calls.puts),
      PRICES.s3.put,
    ),
    daily(
      'S3, gets',
      sum(({ calls }) => calls.gets),
      PRICES.s3.get,
    ),
    daily(
      'S3, lists',
      sum(({ calls }) => calls.lists),
      PRICES.s3.list,
    ),
    {
      item: "S3, MB (a month's, kept a month)",
      perDay: created / 1e6,
      dollars: (kept / GB) * PRICES.s3.gbMonth,
    },
    daily('SNS, messages', messages, PRICES.sns.publish),
    daily(
      'SQS, requests',
      messages * REQUESTS_A_MESSAGE + deployed.polledQueues * QUEUE_POLLS_A_DAY,
      PRICES.sqs.request,
    ),
    daily('Secrets Manager, calls', poller.runs, PRICES.secrets.call),
    standing('Secrets Manager, secrets', deployed.secrets, PRICES.secrets.secretMonth),
    daily('CloudWatch, requests', usage.cloudWatchRequests, PRICES.cloudWatch.request),
    {
      item: 'CloudWatch, MB of logs',
      perDay: logBytes / 1e6,
      dollars: (logBytes / GB) * DAYS_A_MONTH * PRICES.cloudWatch.logGb,
    },
    standing('CloudWatch, alarms', deployed.alarms, PRICES.cloudWatch.alarmMonth),
    standing('CloudWatch, metrics (at most)', deployed.metrics, PRICES.cloudWatch.metricMonth),
    standing(
      'CloudWatch, dashboards',
      Math.max(0, deployed.dashboards - dashboards),
      PRICES.cloudWatch.dashboardMonth,
    ),
  ];
};

/** Whether an item is an alarm, a metric or a dashboard: their cost is fixed. */
export const isForWatching = ({ item }: BillItem): boolean =>
  /^CloudWatch, (?:alarms|metrics|dashboards)/.test(item);

export const dollarsOf = (bill: readonly BillItem[]): number =>
  bill.reduce((sum, { dollars }) => sum + dollars, 0);

/** The free tier's deduction in an account without other alarms and metrics. */
export const freeDollars = ({ alarms, metrics }: Deployed): number =>
  Math.min(alarms, FREE.alarms) * PRICES.cloudWatch.alarmMonth +
  Math.min(metrics, FREE.metrics) * PRICES.cloudWatch.metricMonth;
