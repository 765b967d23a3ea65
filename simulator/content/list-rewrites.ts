import type { FaultEffect } from '../fault-table.ts';
import type { ContentTwist } from './pager.ts';

/** The parts of a list's page that faults change. */
export interface ListBody {
  readonly next_page_token?: unknown;
  readonly total_records?: unknown;
  readonly meetings?: readonly Record<string, unknown>[] | undefined;
  readonly recording_files?: readonly Record<string, unknown>[] | undefined;
}

/** Changes the body of a successful response. */
export const listRewritten =
  (rewrite: (body: ListBody) => object): FaultEffect =>
  (proceed) => {
    const response = proceed();
    if (response.status !== 200) return response;
    return { ...response, body: JSON.stringify(rewrite(JSON.parse(response.body) as ListBody)) };
  };

/** Replaces each file of the listed recordings by other ones. */
export const eachFile = (
  change: (file: Record<string, unknown>) => readonly Record<string, unknown>[],
): FaultEffect => {
  const changed = <T extends ListBody>(recording: T): T => ({
    ...recording,
    ...(recording.recording_files && { recording_files: recording.recording_files.flatMap(change) }),
  });
  return listRewritten((body) => ({
    ...changed(body),
    ...(body.meetings && { meetings: body.meetings.map((meeting) => changed(meeting)) }),
  }));
};

/** Pages the list otherwise. */
export const twisted =
  (twist: ContentTwist): FaultEffect =>
  (proceed, { twists }) => {
    twists.add(twist);
    return proceed();
  };
