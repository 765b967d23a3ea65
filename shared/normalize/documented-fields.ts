import { STREAMS, type StreamName } from '../model/stream.ts';

/** The fields that Zoom documents for a row, for lookup. */
export const DOCUMENTED_FIELDS: Readonly<Record<StreamName, ReadonlySet<string>>> = {
  operation: new Set(STREAMS.operation.identityFields),
  activity: new Set(STREAMS.activity.identityFields),
};

/** Whether a row has only these fields. */
export const isDocumented = (stream: StreamName, row: Readonly<Record<string, unknown>>): boolean => {
  const documented = DOCUMENTED_FIELDS[stream];
  for (const name in row) if (!documented.has(name)) return false;
  return true;
};
