import { readDeployed } from './day/deployed.ts';
import { oneSource } from './day/deployment.ts';
import { measureSteadyDays } from './day/steady-days.ts';
import { measureGrowth } from './polls/growth.ts';
import { measureIdle } from './polls/idle.ts';
import type { PartName, Results } from './report/results.ts';
import type { Scale } from './scale.ts';
import { measureColdStarts } from './start/cold-start.ts';
import { measurePace } from './throughput/pace.ts';
import { measureThroughput } from './throughput/throughput.ts';

type Report = (text: string) => void;

/** How each part is measured. */
export const PARTS: {
  readonly [Name in PartName]-?: (
    scale: Scale,
    report: Report,
  ) => Promise<NonNullable<Results[Name]>['figures']>;
} = {
  throughput: ({ throughput }, report) => measureThroughput(throughput, report),
  pace: ({ pace }, report) => measurePace(pace, report),
  idle: ({ idle }, report) => measureIdle(idle, report),
  growth: ({ growth }, report) => measureGrowth(growth, report),
  day: async ({ day }, report) => {
    const deployed = day.sources.map((sources) => ({ sources, ...readDeployed(sources) }));
    return { deployed, days: await measureSteadyDays(day, oneSource(deployed), report) };
  },
  start: ({ start: { rounds } }, report) => Promise.resolve(measureColdStarts(rounds, report)),
};
