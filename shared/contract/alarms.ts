import type { StreamName } from '../model/stream.ts';
import type { MetricName } from './metrics.ts';

/** The monitor's interval, in minutes: see docs/decisions/0007. */
export const MONITOR_MINUTES = 5;

/** The alarms that the monitor assesses, and CloudWatch evaluates by the gauge of the same name: see docs/decisions/0007. */
export type AssessedAlarm = 'drop-off' | 'collection' | 'completeness' | 'deadline';

/** The gauge by which CloudWatch evaluates each alarm. */
export const GAUGES = {
  'drop-off': 'DropOff',
  collection: 'Collection',
  completeness: 'Completeness',
  deadline: 'Deadline',
} as const satisfies Record<AssessedAlarm, MetricName>;

/** The alarms that only CloudWatch evaluates. */
export type CountedAlarm = 'rejected' | 'vanished' | 'dead-letters';

/** The alarms of a source, or of one of its streams (`drop-off`). */
export const sourceAlarmName = (
  stack: string,
  source: string,
  kind: AssessedAlarm | CountedAlarm,
  stream?: string,
): string => [stack, source, ...(stream === undefined ? [] : [stream]), kind].join('-');

/**
 * The alarms of a deployment as a whole: the monitor is down; an administrator got an error page; many calls of the callback
 * without a valid state; compaction fails; a reader does not process objects.
 */
export type StackAlarm =
  'watcher' | 'callback-errors' | 'callback-strangers' | 'compactor-errors' | 'reader-dead-letters';

/** A name that cannot belong to a source: sources have no dots. Readers beside the first have an alarm each. */
export const stackAlarmName = (stack: string, kind: StackAlarm, reader?: string): string =>
  [stack, kind, ...(reader === undefined ? [] : [reader])].join('.');

/** The document that explains each alarm and what to do. */
export const RUNBOOK = 'docs/runbook.md';

/** An alarm of a deployment, and its source. */
export type AlarmIdentity =
  | {
      readonly name: string;
      readonly kind: AssessedAlarm | CountedAlarm;
      readonly source: string;
      readonly stream: StreamName | undefined;
    }
  | { readonly name: string; readonly kind: StackAlarm; readonly source?: never; readonly stream?: never };

/** Alarms that a source has, and those that each of its streams has. */
const OF_SOURCE = ['collection', 'completeness', 'deadline', 'dead-letters'] as const;
const OF_STREAM = ['drop-off', 'rejected', 'vanished'] as const;

/** The optional parts of a deployment, each with its own alarm. */
export interface OptionalParts {
  readonly compaction?: boolean;
  /** A reader with its own queue has its own alarms, too. */
  readonly readers?: readonly { readonly name: string; readonly queueArn?: string | undefined }[];
}

/** Every alarm that a deployment has. */
export const alarmsOf = (
  stack: string,
  sources: readonly {
    readonly name: string;
    readonly auth: string;
    readonly streams: readonly StreamName[];
  }[],
  { compaction = false, readers = [] }: OptionalParts = {},
): AlarmIdentity[] => {
  const ofStack: StackAlarm[] = [
    'watcher',
    'reader-dead-letters',
    ...(sources.some(({ auth }) => auth === 'oauth')
      ? (['callback-errors', 'callback-strangers'] as const)
      : []),
    ...(compaction ? (['compactor-errors'] as const) : []),
  ];
  const withQueues = readers.filter(({ queueArn }) => queueArn === undefined);
  return [
    ...sources.flatMap(({ name: source, streams }) => [
      ...OF_SOURCE.map((kind) => ({
        name: sourceAlarmName(stack, source, kind),
        kind,
        source,
        stream: undefined,
      })),
      ...streams.flatMap((stream) =>
        OF_STREAM.map((kind) => ({
          name: sourceAlarmName(stack, source, kind, stream),
          kind,
          source,
          stream,
        })),
      ),
    ]),
    ...ofStack.map((kind) => ({ name: stackAlarmName(stack, kind), kind })),
    ...withQueues.map(({ name: reader }) => {
      const kind = 'reader-dead-letters' as const;
      return { name: stackAlarmName(stack, kind, reader), kind };
    }),
  ];
};
