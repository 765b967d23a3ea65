import { causeOf } from './causes.ts';
import type { Assessment } from './finding.ts';
import { deadline, overdue } from './judge-completeness.ts';
import { judgeStream } from './judge-stream.ts';
import type { SourceJudgement, StreamJudgement } from './judgement.ts';
import type { Expectations, PollingSigns, SourceSigns } from './signs.ts';
import { sourceTrouble } from './source-trouble.ts';
import { type Trouble, troubleToFinding } from './trouble.ts';

/**
 * Says how a source is, from what its runs left behind. What is wrong with the source as a whole is one alarm (`collection`),
 * and hides what could be said of its streams: while nobody asks Zoom, its silence means nothing. Of a source that is not
 * connected nothing is owed, and nobody is told anything.
 */
export const judgeSource = (signs: SourceSigns, expected: Expectations, now: Date): SourceJudgement => {
  const { source } = signs;
  const trouble = sourceTrouble(signs, expected, now);
  if (!trouble) {
    const judged = signs.streams.map((stream) => judgeStream(stream, source, expected, now));
    return {
      source,
      streams: judged.map(({ judgement }) => judgement),
      assessments: assess(judged, {
        collection: undefined,
        completeness: overdue(signs, expected, now),
        deadline: deadline(signs, expected, now),
      }),
    };
  }

  const isConnected = causeOf(trouble.reason).verdict !== 'not_connected';
  const hidden: Said = isConnected ? 'hidden' : undefined;
  const judged = signs.streams.map(({ stream, polling }) => ({
    judgement: { stream, ...judgementOf(source, ownTrouble(polling, trouble)) },
    finding: hidden,
  }));
  const last = signs.unreadable ? 'hidden' : deadline(signs, expected, now);
  return {
    source,
    streams: judged.map(({ judgement }) => judgement),
    assessments: assess(judged, {
      collection: isConnected ? troubleToFinding(source, trouble, signs.parkedUntil, now) : undefined,
      completeness: hidden,
      deadline: isConnected ? last : undefined,
    }),
  };
};

type Said = Assessment['finding'];

/** What is said of each alarm of a source. */
const assess = (
  streams: readonly { readonly judgement: StreamJudgement; readonly finding: Said }[],
  ofSource: Readonly<Record<'collection' | 'completeness' | 'deadline', Said>>,
): Assessment[] => [
  { kind: 'collection', stream: undefined, finding: ofSource.collection },
  ...streams.map(({ judgement: { stream }, finding }): Assessment => ({ kind: 'drop-off', stream, finding })),
  { kind: 'completeness', stream: undefined, finding: ofSource.completeness },
  { kind: 'deadline', stream: undefined, finding: ofSource.deadline },
];

/** What a stream itself met, if the source is in trouble because each of its streams is. */
const ownTrouble = (polling: PollingSigns | undefined, trouble: Trouble): Trouble =>
  polling?.failing && causeOf(polling.failing.reason).verdict === causeOf(trouble.reason).verdict
    ? { ...trouble, reason: polling.failing.reason }
    : trouble;

const judgementOf = (source: string, trouble: Trouble): Omit<StreamJudgement, 'stream'> => {
  const { verdict, what } = causeOf(trouble.reason);
  return {
    verdict,
    since: trouble.since,
    cause: trouble.reason,
    because: `${source} ${what}`,
  };
};
