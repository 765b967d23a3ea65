import { causeOf } from './causes.ts';
import type { Finding } from './finding.ts';
import type { StreamJudgement } from './judgement.ts';
import { lostMeaning } from './parsing.ts';
import type { Expectations, StreamSigns } from './signs.ts';
import { silenceMs } from './silence.ts';
import { spellInstant, spellSpan } from './spell.ts';
import { troubleToFinding } from './trouble.ts';
import { usualSilence } from './usual-silence.ts';

const MINUTE_MS = 60_000;

/** A stream whose newest event is younger than this flows, whatever is usual. */
const FLOWING_MS = 60 * MINUTE_MS;

/** What is said of a stream of a source that is well as a whole, and what on-call is to hear of it. */
export const judgeStream = (
  signs: StreamSigns,
  source: string,
  expected: Expectations,
  now: Date,
): { judgement: StreamJudgement; finding: Finding | undefined } => {
  const { stream, polling, days } = signs;
  const name = `The ${stream} stream of ${source}`;
  if (polling?.failing) {
    const { failing } = polling;
    const { verdict, what } = causeOf(failing.reason);
    const judgement = { stream, verdict, since: failing.since, cause: failing.reason, because: `it ${what}` };
    return { judgement, finding: troubleToFinding(name, failing, undefined, now) };
  }

  const lost = lostMeaning(days, now);
  if (lost !== undefined) {
    const finding: Finding = {
      cause: 'not-parsing',
      heading: 'not_parsing',
      since: now,
      patienceMs: 0,
      what: `${name}: ${lost}.`,
      todo: `Look at the rows (bin/zoom-log-source show --out s3://BUCKET --source ${source} --stream ${stream}), and report their form: Zoom has changed it.`,
      lost: 'Nothing is lost: every row is kept as Zoom sent it. What it says is not taken apart until a release can.',
      error: undefined,
    };
    return {
      judgement: { stream, verdict: 'not_parsing', since: undefined, cause: 'not-parsing', because: lost },
      finding,
    };
  }
  return judgeSilence(signs, name, expected, now);
};

const judgeSilence = (
  { stream, polling, newestEvent, days }: StreamSigns,
  name: string,
  { dropOffMinutes, learnedBaseline, quietDays }: Expectations,
  now: Date,
): { judgement: StreamJudgement; finding: Finding | undefined } => {
  // Before anybody looked nobody can have missed anything.
  const watchedFrom = polling?.firstReadAt ?? polling?.firstAt ?? now;
  const since = newestEvent && newestEvent > watchedFrom ? newestEvent : watchedFrom;
  const ms = silenceMs(since, now, quietDays);
  const thresholdMs = dropOffMinutes[stream] * MINUTE_MS;
  const usual = learnedBaseline ? usualSilence(days, since, now, quietDays) : undefined;

  const newest = newestEvent ? `newest event ${spellInstant(newestEvent)}` : 'no event yet';
  const say = (verdict: 'flowing' | 'quiet' | 'silent', because: string): StreamJudgement => ({
    stream,
    verdict,
    since,
    cause: verdict,
    because,
  });
  if (newestEvent && ms < FLOWING_MS && (thresholdMs === 0 || ms < thresholdMs))
    return { judgement: say('flowing', newest), finding: undefined };

  const isOverThreshold = ms >= thresholdMs && usual?.silence !== 'often';
  if (thresholdMs === 0 || !(usual?.silence === 'never' || isOverThreshold)) {
    const why = usual
      ? usual.because
      : thresholdMs === 0
        ? 'its alarm is switched off'
        : `less than the ${spellSpan(thresholdMs)} that it may be`;
    return { judgement: say('quiet', `${newest}; silent for ${spellSpan(ms)}, ${why}`), finding: undefined };
  }

  const why =
    usual?.silence === 'never' ? usual.because : `longer than the ${spellSpan(thresholdMs)} that it may be`;
  const because = `${newest}; silent for ${spellSpan(ms)}, ${why}`;
  return {
    judgement: say('silent', because),
    finding: {
      cause: 'silent',
      heading: 'silent',
      since,
      patienceMs: 0,
      what: `${name} is silent: Zoom answers, and has nothing new (${because}).`,
      todo: "Ask whether anybody worked. If so, look whether the same report in Zoom's admin portal shows newer rows.",
      lost: 'Nothing that Zoom has shown: each poll reads what there is.',
      error: undefined,
    },
  };
};
