import { describe, expect, it } from '@jest/globals';
import { AUDIT_CODE_NAMES, AUDIT_CODES } from '../../../shared/audit/audit-codes.ts';
import { recordAudit } from '../../../shared/audit/record-audit.ts';
import type { Notice } from '../../../shared/monitor/ports.ts';
import { postNotices } from '../../../shared/monitor/post-notices.ts';
import { anEntry } from '../../support/builders/audit.ts';
import { day } from '../../support/builders/collector.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

/** Runs of the monitor, each of which continues after the last one, unless configured otherwise. */
const aBoard = (store: MemoryStore) => {
  const notices: Notice[] = [];
  const board = {
    post: (notice: Notice) => {
      notices.push(notice);
      return Promise.resolve();
    },
  };
  return {
    notices,
    watch: (posted: readonly string[], now = NOW, watchedSince = LONG_AGO) =>
      postNotices({ store, notices: board }, 'acme', { posted, watchedSince }, now),
  };
};

const hoursBefore = (hours: number): string => new Date(NOW.getTime() - hours * 3_600_000).toISOString();

describe('the notices posted from the audit log', () => {
  it('are the lines for people, once each', async () => {
    const store = new MemoryStore();
    const { notices, watch } = aBoard(store);
    await recordAudit(store, anEntry({ at: hoursBefore(2), code: 'connected', summary: 'Connected.' }));
    await recordAudit(store, anEntry({ at: hoursBefore(1), code: 'deployed', summary: 'Deployed.' }));

    const first = await watch([]);
    await recordAudit(store, anEntry({ at: hoursBefore(0), code: 'gap', summary: 'A day is lost.' }));
    const second = await watch(first);
    await watch(second);

    expect(notices.map(({ code }) => code)).toEqual(['connected', 'gap']);
  });

  it('have the source, the event and its meaning', async () => {
    const store = new MemoryStore();
    const { notices, watch } = aBoard(store);
    const about = { stream: 'activity', day: day('2026-05-19') } as const;
    await recordAudit(store, anEntry({ at: hoursBefore(1), code: 'gap', summary: 'It is lost.', ...about }));

    await watch([]);

    expect(notices).toEqual([
      {
        code: 'gap',
        source: 'acme',
        severity: 'error',
        title: 'acme activity 2026-05-19: gap',
        text: 'It is lost. Zoom deleted a day before it was read whole. Its missing rows are lost.',
        at: new Date(hoursBefore(1)),
      },
    ]);
  });

  it('contain no mentions and no links, for any line', async () => {
    const store = new MemoryStore();
    const { notices, watch } = aBoard(store);
    const summary =
      'It says: <!channel> @here <https://evil.example|reset> [re-authorize](https://evil.example).';
    await recordAudit(store, anEntry({ at: hoursBefore(1), code: 'category-new', summary }));

    await watch([]);

    expect(notices[0]?.text).toMatch(
      /^It says: ＜!channel＞ ＠here ＜https\[:\/\/\]evil\.example\|reset＞ \[re-authorize\] ·\(https\[:/,
    );
    expect(notices[0]?.title).toBe('acme: category new');
  });

  it('are repeated only after a run that could not store its position', async () => {
    const store = new MemoryStore();
    const { notices, watch } = aBoard(store);
    await recordAudit(store, anEntry({ at: hoursBefore(1) }));

    await watch([]);
    await watch([]);

    expect(notices).toHaveLength(2);
  });

  it('is nothing of another source', async () => {
    const store = new MemoryStore();
    const { notices, watch } = aBoard(store);
    await recordAudit(store, anEntry({ at: hoursBefore(1), source: 'globex' }));

    await watch([]);

    expect(notices).toEqual([]);
  });

  it.each([
    ['48 hours ago', 48, 1],
    ['before that', 48.01, 0],
  ])('is nothing that is older than two days: %s', async (_, hours, count) => {
    const store = new MemoryStore();
    const { notices, watch } = aBoard(store);
    await recordAudit(store, anEntry({ at: hoursBefore(hours) }));

    await watch([]);

    expect(notices).toHaveLength(count);
  });

  it.each([
    ['at the first run', 3, 1],
    ['before it', 3.01, 0],
  ])('does not include lines before the first monitor run: %s', async (_, hours, count) => {
    const store = new MemoryStore();
    const { notices, watch } = aBoard(store);
    await recordAudit(store, anEntry({ at: hoursBefore(hours) }));

    await watch([], NOW, new Date(hoursBefore(3)));

    expect(notices).toHaveLength(count);
  });

  it('is remembered for as long as it would be posted, and no longer', async () => {
    const store = new MemoryStore();
    const { watch } = aBoard(store);
    await recordAudit(store, anEntry({ at: hoursBefore(47) }));
    await recordAudit(store, anEntry({ at: hoursBefore(1), code: 'gap' }));

    const first = await watch([]);
    const later = await watch(first, new Date(NOW.getTime() + 2 * 3_600_000));

    expect([first.length, later]).toEqual([2, first.slice(1)]);
  });

  it.each(AUDIT_CODE_NAMES)('follows the table of codes: %s', async (code) => {
    const store = new MemoryStore();
    const { notices, watch } = aBoard(store);
    await recordAudit(store, anEntry({ at: hoursBefore(1), code }));

    await watch([]);

    expect(notices.map((notice) => notice.code)).toEqual(AUDIT_CODES[code].notice ? [code] : []);
  });
});
