import { STREAMS, type StreamName } from '../model/stream.ts';

/** The fields that Zoom documents for a row, to look them up. */
export const DOCUMENTED_FIELDS: Readonly<Record<StreamName, ReadonlySet<string>>> = {
  operation: new Set(STREAMS.operation.identityFields),
  activity: new Set(STREAMS.activity.identityFields),
};
