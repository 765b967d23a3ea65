import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { objectEvents } from '../../../shared/compact/object-events.ts';
import { CorruptObjectError } from '../../../shared/errors.ts';

const eventsIn = async (bytes: Buffer): Promise<unknown[]> => {
  const events: unknown[] = [];
  for await (const piece of objectEvents('flat/x.json.gz', bytes)) events.push(...piece);
  return events;
};

describe('the events of a flat object', () => {
  it('are those of its lines', async () => {
    expect(await eventsIn(gzipSync('{"event_id":"1"}\n{"event_id":"2","_row":{"event_id":"x"}}\n'))).toEqual([
      { event_id: '1' },
      { event_id: '2', _row: { event_id: 'x' } },
    ]);
  });

  it('have our id and time also where a row of mapping version 1 took these names', async () => {
    const line = {
      event_id: 'x',
      event_time: 'y',
      operator: 'o',
      _connector: { event_id: '1', event_time: '2' },
    };

    expect(await eventsIn(gzipSync(`${JSON.stringify(line)}\n`))).toEqual([
      { event_id: '1', event_time: '2', operator: 'o' },
    ]);
  });

  it.each([
    ['no gzip', Buffer.from('x')],
    ['no JSON', gzipSync('{\n')],
    ['a line nested deeper than any', gzipSync(`{"n":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`)],
    ['a line without an end', gzipSync('{}')],
  ])('are refused of %s', async (_, bytes) => {
    await expect(eventsIn(bytes)).rejects.toThrow(CorruptObjectError);
  });
});
