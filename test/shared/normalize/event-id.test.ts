import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { v5 } from 'uuid';
import { dayOf } from '../../../shared/model/day.ts';
import { eventIdOf } from '../../../shared/model/event-id.ts';
import { parseEventTime } from '../../../shared/model/event-time.ts';
import { canonicalRow, digestOf } from '../../../shared/model/raw-row.ts';
import type { StreamName } from '../../../shared/model/stream.ts';
import { describeWithReference } from '../../support/reference.ts';
import { anActivity, anOperation, type Row } from './rows.ts';

const idOf = (source: string, stream: StreamName, row: Row, occurrence: number): string => {
  const time = parseEventTime(row['time']);
  if (!time) throw new Error('no time');
  return eventIdOf({
    source,
    stream,
    day: dayOf(time),
    digest: digestOf(canonicalRow(stream, row)),
    occurrence,
  });
};

describe('an event id', () => {
  const id = idOf('acme', 'operation', anOperation(), 0);

  it('stays what it was when the first reader stored it', () => {
    expect(id).toBe('94a20280-7088-5021-bd05-77dfb9d2ee58');
    expect(idOf('acme', 'activity', anActivity(), 0)).toBe('a4740a5b-c9d2-5764-b17e-6f25af6dc08b');
  });

  it.each([
    ['the order of the fields', Object.fromEntries(Object.entries(anOperation()).reverse())],
    ['a field that Zoom adds later', anOperation({ office: 'Bern' })],
    ['another spelling of the same instant', anOperation({ time: '2026-03-04 06:06:07.000+01:00' })],
  ])('does not depend on %s', (_, row) => {
    expect(idOf('acme', 'operation', row, 0)).toBe(id);
  });

  it.each([
    ['a trailing blank', idOf('acme', 'operation', anOperation({ operator: 'it@acme.test ' }), 0)],
    ['an empty field in place of none', idOf('acme', 'operation', anOperation({ operator: '' }), 0)],
    ['the source', idOf('acme-eu', 'operation', anOperation(), 0)],
    ['the occurrence', idOf('acme', 'operation', anOperation(), 1)],
  ])('differs with %s', (_, other) => {
    expect(other).not.toBe(id);
  });

  it('is what the uuid package makes of the same name', () => {
    const digest = digestOf(canonicalRow('operation', anOperation()));
    const namespace = v5('urn:zoom-audit-log:event:v1', v5.URL);
    for (const source of ['acme', 'größer', ...Array.from({ length: 300 }, (_, i) => `source-${i}`)]) {
      const name = `v1\n${source}\noperation\n2026-03-04\n${digest}\n0`;
      expect(idOf(source, 'operation', anOperation(), 0)).toBe(v5(name, namespace));
    }
  });

  it('treats null as a missing field', () => {
    expect(idOf('acme', 'operation', anOperation({ operator: null }), 0)).toBe(
      idOf('acme', 'operation', anOperation({ operator: undefined }), 0),
    );
  });
});

interface Vector {
  note: string;
  account_id: string;
  stream: StreamName;
  row: Row;
  occurrence: number;
  canonical: string;
  day: string;
  sha256: string;
  event_id: string;
}

describeWithReference('the reference event ids', (folder) => {
  const file = readFileSync(join(folder, 'normalization', 'event-id-vectors.json'), 'utf8');
  const { cases } = JSON.parse(file) as { cases: Vector[] };

  it.each(cases)('agree: $note', ({ account_id, stream, row, occurrence, canonical, sha256, event_id }) => {
    expect(canonicalRow(stream, row)).toBe(canonical);
    expect(digestOf(canonicalRow(stream, row))).toBe(sha256);
    expect(idOf(account_id, stream, row, occurrence)).toBe(event_id);
  });
});
