import { beforeAll, describe, expect, it } from '@jest/globals';
import { MONITOR_MINUTES } from '../../shared/contract/alarms.ts';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { MAX_SOURCES } from '../../shared/model/sources-file.ts';
import { MonitorConfigSchema } from '../../shared/model/monitored-source.ts';
import { ACME, Synthesized } from './synthesized.ts';

let stack: Synthesized;
beforeAll(() => {
  stack = new Synthesized({ quietDays: ['2026-12-25'] });
});

describe('the health monitor', () => {
  it('runs on a separate schedule, once for each event', () => {
    expect(stack.of('WatchSchedule')).toMatchObject({
      ScheduleExpression: `rate(${MONITOR_MINUTES} minutes)`,
      State: 'ENABLED',
      Targets: [
        {
          Arn: '<WatchFunction.Arn>',
          RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: MONITOR_MINUTES * 60 },
        },
      ],
    });
    expect(stack.of('WatchFunctionEventInvokeConfig')).toMatchObject({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: MONITOR_MINUTES * 60,
    });
  });

  it('ends before the next run begins', () => {
    expect(stack.of('WatchFunction')['Timeout']).toBeLessThan(MONITOR_MINUTES * 60);
  });

  it('has its stack, the settings of its sources, and its topics and stores in its environment', () => {
    const { WATCHED: MONITORED, ...rest } = stack.environmentOf('WatchFunction');
    const monitored = MonitorConfigSchema.parse(JSON.parse(MONITORED ?? ''));

    expect(monitored.sources.map(({ name }) => name)).toEqual(['acme', 'globex']);
    expect(monitored.sources[0]).toMatchObject({ dropOffMinutes: {}, learnedBaseline: true });
    expect(monitored.quietDays).toEqual(['2026-12-25']);
    expect(MONITORED).not.toContain(ACME.notify[0]);
    expect(rest).toEqual({
      NODE_OPTIONS: '--enable-source-maps',
      [ENVIRONMENT.stack]: 'zoom-log-source',
      [ENVIRONMENT.bucket]: '<EventsBucket>',
      [ENVIRONMENT.pollerLogs]: '{"acme":"<SourceacmePollerLog>","globex":"<SourceglobexPollerLog>"}',
      [ENVIRONMENT.noticesTopic]: '<OnCallNotices>',
    });
  });

  it('can have the maximum number of sources and holidays: an environment is limited to 4 KB', () => {
    const name = 'n'.repeat(39);
    const full = new Synthesized({
      stack: 's'.repeat(32),
      quietDays: Array.from({ length: 60 }, (_, i) => `20${String(26 + i)}-12-25`),
      sources: Array.from({ length: MAX_SOURCES }, (_, i) => ({
        name: `${name}${i}`,
        auth: 'server-to-server',
        pollMinutes: 60,
        lookbackDays: 30,
        requestsPerDay: 1_000_000,
        dropOffMinutes: { operation: 43_200, activity: 43_200 },
      })),
    });

    const bytes = Object.entries(full.environmentOf('WatchFunction'))
      .map(([variable, value]) => variable + value)
      .join('')
      .replaceAll('<EventsBucket>', 'b'.repeat(63))
      .replaceAll(
        '<OnCallNotices>',
        `arn:aws-us-gov:sns:us-gov-east-1:111122223333:${deployedName('OnCallNotices')}`,
      )
      .replaceAll(/<(\w+Log)>/g, (_, logicalId: string) => deployedName(logicalId)).length;

    expect(bytes).toBeLessThan(4096);
  });
});

/** CloudFormation makes a name of the stack's, the resource's with its hash, and a few letters. */
const deployedName = (resource: string): string => `${'s'.repeat(32)}-${resource}0A1B2C3D-0123456789ab`;
