import type { Detection, RunQuery } from '../shared/app/query.ts';
import { type Finding, rowToFinding } from './finding.ts';

/** Days of a bucket that are read before the first requested one: detections compare with earlier events. */
export const DAYS_BEFORE = 30;

/** The findings of detections, one detection after the other. */
export async function* runDetections(
  runQuery: RunQuery,
  detections: readonly Detection[],
): AsyncGenerator<Finding, void, undefined> {
  for (const detection of detections) {
    const { columns, rows } = await runQuery(detection.sql);
    for await (const row of rows) yield rowToFinding(detection, columns, row);
  }
}
