import { describe, expect, it } from '@jest/globals';
import { parseCollectMessage } from '../../../shared/model/collect-message.ts';

describe('a collect message', () => {
  it.each([
    [{ source: 'acme', stream: 'operation', day: '2026-11-18' }],
    [{ source: 'acme', stream: 'activity', day: '2024-02-29' }],
    [{ poll: 'acme' }],
  ])('%j is read', (message) => {
    expect(parseCollectMessage(JSON.stringify(message))).toEqual(message);
  });

  it.each([
    '',
    'poll',
    'null',
    '[]',
    '{}',
    '{"poll":"Acme"}',
    '{"poll":"acme","source":"acme"}',
    '{"source":"acme","stream":"phone","day":"2026-11-18"}',
    '{"source":"acme","stream":"operation","day":"2026-02-30"}',
    '{"source":"acme","stream":"operation"}',
    '{"source":"acme","stream":"operation","day":"2026-11-18","extra":1}',
  ])('%j is refused', (body) => {
    expect(() => parseCollectMessage(body)).toThrow(SyntaxError);
  });

  it('is refused with what it must be', () => {
    expect(() => parseCollectMessage('{}')).toThrow(
      'The message must be {"source", "stream", "day"} or {"poll": source}.',
    );
  });
});
