export type { Candidate, RunRecord, ScenarioScore } from './play.ts';
export { playAll } from './play-all.ts';
export { type CollectorCommand, NotStartedError, type RunEnd } from './run-command.ts';
export type { Scenario } from './scenario.ts';
export { SCENARIOS } from './scenarios.ts';
