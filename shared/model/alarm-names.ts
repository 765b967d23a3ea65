import {
  type CountedAlarm,
  type AssessedAlarm,
  sourceAlarmName,
  type StackAlarm,
  stackAlarmName,
} from '../contract.ts';
import type { StreamName } from './stream.ts';

/** An alarm of a deployment, and whose it is. */
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

/** What a deployment may have besides, each with an alarm of its own. */
export interface OptionalParts {
  readonly compaction?: boolean;
  /** A reader that brought its own queue has its own alarms, too. */
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
