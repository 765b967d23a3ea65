import { fieldsOf } from '../../model/raw-row.ts';
import { envelopeOnTop } from '../../normalize/index.ts';
import { parseEventLine } from '../event-line.ts';
import type { Difference } from './verify-difference.ts';

type LineDifference = Required<Omit<Difference, 'key'>>;

/**
 * Reports where the lines of an object differ from the expected ones. Both are read in parallel; a line that only one of them
 * has shows whether a line was added, removed or changed there.
 */
export const compareLines = (expected: readonly string[], stored: readonly string[]): LineDifference[] => {
  if (expected.length === stored.length && expected.every((line, index) => line === stored[index])) return [];
  const differences: LineDifference[] = [];
  const report = (kind: LineDifference['kind'], line: number, message: string): void => {
    differences.push({ kind, line, message });
  };
  const onlyStored = surplus(stored, expected);
  const onlyExpected = surplus(expected, stored);
  const ids = onlyStored.size > 0 ? new Set(expected.map(idOf)) : new Set<string | undefined>();

  let next = 0;
  stored.forEach((line, index) => {
    // The log has a line for this place that the object lacks: missing, unless another line replaced it.
    while (line !== expected[next] && !onlyStored.has(line) && takeFrom(onlyExpected, expected[next])) {
      report('line-missing', next + 1, `${nameOf(expected[next])} is missing here.`);
      next += 1;
    }
    if (line === expected[next]) {
      next += 1;
      return;
    }
    const should = expected[next];
    if (!takeFrom(onlyStored, line)) {
      report('line-moved', index + 1, `${nameOf(line)} belongs elsewhere in this object.`);
      next += 1;
      return;
    }
    const isReplaced = takeFrom(onlyExpected, should);
    if (isReplaced) next += 1;
    const id = idOf(line);
    if (id !== undefined && !ids.has(id)) {
      report('line-forged', index + 1, `No row of the raw object produces the event ${id}.`);
    } else if (isReplaced) {
      report('line-changed', index + 1, `${nameOf(should)} ${departure(should, line)}.`);
    } else {
      report('line-added', index + 1, `${nameOf(line)} is an extra line.`);
    }
  });
  // Each stored line that belongs here has been matched: only lines that the object lacks are left.
  for (; next < expected.length; next += 1) {
    report('line-missing', next + 1, `${nameOf(expected[next])} is missing here.`);
  }
  return differences;
};

/** The count of each line. */
type Lines = Map<string | undefined, number>;

/** The lines that `some` has more often than `others`, with the difference. */
const surplus = (some: readonly string[], others: readonly string[]): Lines => {
  const counts: Lines = new Map();
  for (const line of some) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of others) takeFrom(counts, line);
  return counts;
};

const takeFrom = (counts: Lines, line: string | undefined): boolean => {
  const count = counts.get(line);
  if (count === undefined) return false;
  if (count > 1) counts.set(line, count - 1);
  else counts.delete(line);
  return true;
};

/** The event id in a line of any format; undefined if it has none. */
const idOf = (line: string): string | undefined => {
  const event = envelopeOnTop(fieldsOf(parseEventLine(line)?.value) ?? {});
  const id = event['event_id'] ?? fieldsOf(event['metadata'])?.['uid'];
  return typeof id === 'string' ? id : undefined;
};

const nameOf = (line: string | undefined): string => {
  const id = line === undefined ? undefined : idOf(line);
  return id === undefined ? 'A line' : `The event ${id}`;
};

/** The fields in which a line differs from the expected one. */
const departure = (expected: string | undefined, stored: string): string => {
  const should = fieldsOf(parseEventLine(expected ?? '')?.value) ?? {};
  const is = fieldsOf(parseEventLine(stored)?.value);
  if (!is) return 'is missing here, and this line is not an event';
  const fields = [...new Set([...Object.keys(should), ...Object.keys(is)])].filter(
    (name) => JSON.stringify(should[name]) !== JSON.stringify(is[name]),
  );
  return `differs from the raw log${fields.length > 0 ? ` in ${fields.join(', ')}` : ' in its formatting'}`;
};
