import { measureJson } from '../model/json-text.ts';
import { MAX_NESTING } from '../model/listed-row.ts';

/** A line contains a row of at most MAX_NESTING within one or two objects of ours. */
const MOST_NESTED = MAX_NESTING + 10;

/** The JSON of an event's line; undefined if it is invalid, or nested too deeply: writing such a value again would overflow the stack. */
export const parseEventLine = (line: string): { readonly value: unknown } | undefined => {
  if ((measureJson(line, 0)?.nesting ?? 0) > MOST_NESTED) return undefined;
  try {
    return { value: JSON.parse(line) as unknown };
  } catch {
    return undefined;
  }
};
