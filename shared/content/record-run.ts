import type { ObjectStore } from '../collect/ports.ts';
import type { LastRun } from '../collect/state/last-run.ts';
import { writeJson } from '../collect/state/state-file.ts';
import { lastRunKey } from '../contract/object-keys.ts';
import type { ContentReport } from './collect-content.ts';
import { type ContentTask, daysOfTask } from './content-task.ts';

/** Records for each stream how a run ended, as runs of the logs do. A day is missing if a part of its list, or a file, failed. */
export const recordContentRun = async (
  store: ObjectStore,
  source: string,
  task: ContentTask,
  { rows, problems, files }: ContentReport,
  endedAt: Date,
): Promise<void> => {
  for (const stream of task.streams) {
    const days = daysOfTask(stream, task, endedAt);
    const problem = problems.find((one) => one.stream === stream);
    const failed = files.failed.filter(({ slice }) => slice.stream === stream);
    const first = failed[0];
    const error = problem
      ? { day: task.to, reason: problem.reason, message: problem.message }
      : first && { day: first.slice.day, reason: first.reason, message: first.message };
    const missing = problem ? days.length : new Set(failed.map(({ slice }) => slice.day)).size;
    const record: LastRun = {
      run: 'collect',
      endedAt: endedAt.toISOString(),
      delivered: rows[stream],
      slices: days.length - missing,
      missing,
      ...(error && { error }),
    };
    await writeJson(store, lastRunKey({ source, stream }), record);
  }
};
