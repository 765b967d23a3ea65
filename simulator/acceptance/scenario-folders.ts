import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of a scenario. */
export interface ScenarioFolders {
  readonly state: string;
  readonly output: string;
  /** What each run printed. */
  readonly runs: string;
}

/** Makes the folders of a scenario. */
export const makeFolders = (folder: string): ScenarioFolders => {
  const folders = {
    state: join(folder, 'state'),
    output: join(folder, 'output'),
    runs: join(folder, 'runs'),
  };
  for (const made of Object.values(folders)) mkdirSync(made, { recursive: true });
  return folders;
};

/** The files for what a run prints. */
export const printedBy = (folders: ScenarioFolders, index: number): { stdout: string; stderr: string } => {
  const file = join(folders.runs, String(index + 1).padStart(2, '0'));
  return { stdout: `${file}.stdout`, stderr: `${file}.stderr` };
};
