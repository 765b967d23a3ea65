import { describe, expect, it } from '@jest/globals';
import { alarmsOf } from '../../../shared/contract/alarms.ts';

const ACME = { name: 'acme', auth: 'server-to-server', streams: ['operation', 'activity'] as const };
const GLOBEX = { name: 'globex', auth: 'oauth', streams: ['activity'] as const };

const namesOf = (...args: Parameters<typeof alarmsOf>): string[] => alarmsOf(...args).map(({ name }) => name);

describe('the alarms of a deployment', () => {
  it('are those of each source, of each of its streams, and of the stack', () => {
    const ofSource = (kind: string) => ({
      name: `zls-acme-${kind}`,
      kind,
      source: 'acme',
      stream: undefined,
    });
    const ofStream = (stream: string, kind: string) => ({
      name: `zls-acme-${stream}-${kind}`,
      kind,
      source: 'acme',
      stream,
    });

    expect(alarmsOf('zls', [ACME])).toEqual([
      ofSource('collection'),
      ofSource('completeness'),
      ofSource('deadline'),
      ofSource('dead-letters'),
      ofStream('operation', 'drop-off'),
      ofStream('operation', 'rejected'),
      ofStream('operation', 'vanished'),
      ofStream('activity', 'drop-off'),
      ofStream('activity', 'rejected'),
      ofStream('activity', 'vanished'),
      { name: 'zls.watcher', kind: 'watcher' },
      { name: 'zls.reader-dead-letters', kind: 'reader-dead-letters' },
    ]);
  });

  it('have one for the callback if one of the sources needs it', () => {
    expect(namesOf('zls', [ACME])).not.toContain('zls.callback-errors');
    expect(namesOf('zls', [ACME, GLOBEX])).toContain('zls.callback-errors');
  });

  it('have one for the compactor if there is one', () => {
    expect(namesOf('zls', [ACME])).not.toContain('zls.compactor-errors');
    expect(namesOf('zls', [ACME], { compaction: true })).toContain('zls.compactor-errors');
  });

  it('have one for each reader for which the stack creates a queue', () => {
    const readers = [{ name: 'splunk' }, { name: 'elastic', queueArn: 'arn:aws:sqs:eu-west-1:1:theirs' }];

    expect(alarmsOf('zls', [], { readers })).toEqual([
      { name: 'zls.watcher', kind: 'watcher' },
      { name: 'zls.reader-dead-letters', kind: 'reader-dead-letters' },
      { name: 'zls.reader-dead-letters.splunk', kind: 'reader-dead-letters' },
    ]);
  });
});
