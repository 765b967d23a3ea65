import { STREAMS, type StreamName } from '../model/stream.ts';

/** The fields that Zoom documents for a row, to look them up. */
export const DOCUMENTED_FIELDS: Readonly<Record<StreamName, ReadonlySet<string>>> = {
  operation: new Set(STREAMS.operation.identityFields),
  activity: new Set(STREAMS.activity.identityFields),
};

/** Whether a row has no field but those. */
export const isDocumented = (stream: StreamName, row: Readonly<Record<string, unknown>>): boolean => {
  const documented = DOCUMENTED_FIELDS[stream];
  for (const name in row) if (!documented.has(name)) return false;
  return true;
};
