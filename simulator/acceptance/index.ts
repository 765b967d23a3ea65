export { playContent, type ContentCandidate, type ContentScore } from './content/play-content.ts';
export { CONTENT_SCENARIOS } from './content/content-scenarios.ts';
export type { ContentScenario } from './content/content-scenario.ts';
export { play, type Candidate, type ScenarioScore } from './play.ts';
export { playAll, type PlayAllOptions } from './play-all.ts';
export { type CollectorCommand, NotStartedError, type RunEnd } from './run-command.ts';
export type { Scenario } from './scenario.ts';
export { SCENARIOS } from './scenarios.ts';
export type { RunRecord } from './scheduled-runs.ts';
