import { gunzipSync } from 'node:zlib';
import { FileActivityEventSchema } from '../../../../shared/content/ocsf/file-activity-event.ts';
import { sequenceOf } from '../../../../shared/contract/object-keys.ts';
import type { Violate } from '../../invariants/invariant-violation.ts';
import { type Conclusion, type CreatedObject, type CollectedObjects, keyParts } from './collected-objects.ts';

/** Whether each security-relevant line of custody is one valid OCSF event, in the object of the same number. */
export class FileActivities {
  readonly #collected: CollectedObjects;
  readonly #violate: Violate;
  /** What the events say, by slice. */
  readonly #events = new Map<string, string[]>();

  constructor(collected: CollectedObjects, violate: Violate) {
    this.#collected = collected;
    this.#violate = violate;
  }

  published({ key, body }: CreatedObject): void {
    const day = keyParts(key)?.day ?? '';
    const lines = gunzipSync(body).toString('utf8').trimEnd().split('\n');
    for (const line of lines) {
      const { data, error } = FileActivityEventSchema.safeParse(JSON.parse(line));
      if (!data) {
        this.#violate('valid-events', `${key}: ${error.message}`);
        continue;
      }
      const said = nameOf(sequenceOf(key) ?? -1, data.metadata.event_code, String(data.unmapped['item']));
      this.#events.set(day, [...(this.#events.get(day) ?? []), said]);
    }
  }

  /** At the end: every line has its event, and no event is without a line. */
  complete(): void {
    for (const { day, custody } of this.#collected.recordings) {
      const expected = expectedOf(custody).sort().join(', ');
      const is = [...(this.#events.get(day) ?? [])].sort().join(', ');
      if (is !== expected)
        this.#violate('events-equal-custody', `${day} has the events ${is}, and custody gives ${expected}`);
    }
  }
}

const nameOf = (sequence: number, code: string, item: string): string => `${sequence} ${code} ${item}`;

const expectedOf = (custody: readonly Conclusion[]): string[] => {
  const held = new Set<string>();
  return custody.flatMap(({ row, sequence }) => {
    if (row.state === 'gone') {
      const code = row.evidence.kind === 'trash' ? 'trashed' : 'deleted';
      return [nameOf(sequence, code, row.item)];
    }
    if (row.state === 'back') return [nameOf(sequence, 'recovered', row.item)];
    if (row.state === 'failed' && row.reason === 'replaced')
      return [nameOf(sequence, 'replaced-before-held', row.item)];
    if (row.state !== 'held') return [];
    const isFirst = !held.has(row.item);
    held.add(row.item);
    return isFirst ? [] : [nameOf(sequence, 'replaced', row.item)];
  });
};
