import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AUDIT_CODE_NAMES } from '../../../shared/audit/audit-codes.ts';
import type { AuditEntry } from '../../../shared/audit/audit-entry.ts';
import { recordAudit } from '../../../shared/audit/record-audit.ts';
import { recordOnce } from '../../../shared/audit/record-once.ts';
import { STREAM_NAMES } from '../../../shared/model/stream.ts';
import { anEntry, auditIn } from '../../support/builders/audit.ts';
import { FailingStore, Killed } from '../../support/doubles/failing-store.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const keysIn = async (store: MemoryStore): Promise<string[]> => (await store.list('')).map(({ key }) => key);

const words = fc.stringMatching(/^[a-zäÖ→ ]{0,20}[a-z]$/);
const instant = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2099-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const entries = fc.record(
  {
    at: instant.map((date) => date.toISOString()),
    code: fc.constantFrom(...AUDIT_CODE_NAMES),
    source: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}[a-z0-9]$/),
    actor: fc.record(
      { kind: fc.constantFrom('operator', 'administrator', 'collector'), name: words },
      { requiredKeys: ['kind'] },
    ),
    stream: fc.constantFrom(...STREAM_NAMES),
    day: instant.map((date) => date.toISOString().slice(0, 10)),
    summary: words,
    details: fc.dictionary(
      fc.stringMatching(/^x_[a-z0-9_]{0,20}$/),
      fc.oneof(words, fc.integer(), fc.boolean()),
    ),
  },
  { requiredKeys: ['at', 'code', 'source', 'actor', 'summary'] },
) as fc.Arbitrary<unknown> as fc.Arbitrary<AuditEntry>;

describe('a line of the audit log', () => {
  it('is read as it was written, from a key that is valid in every store and notification', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (entry) => {
        const store = new MemoryStore();

        expect(await recordAudit(store, entry)).toBe(true);

        expect(await auditIn(store)).toEqual([entry]);
        const [key = ''] = await keysIn(store);
        expect(key).toMatch(
          /^audit\/source=[a-z0-9-]+\/dt=\d{4}-\d{2}-\d{2}\/\d{8}T\d{9}_[a-z-]+_[0-9a-f]{12}\.jsonl$/,
        );
      }),
    );
  });

  it('has a key of its source, day, time and code', async () => {
    const store = new MemoryStore();

    await recordAudit(store, anEntry());

    const [key] = await keysIn(store);
    expect(key).toMatch(
      /^audit\/source=acme\/dt=2026-11-18\/20261118T120000400_connected_[0-9a-f]{12}\.jsonl$/,
    );
  });

  it('is written once for the same fact, and is never changed', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.integer({ min: 2, max: 5 }), async (entry, times) => {
        const store = new MemoryStore();
        const reversed = Object.fromEntries(Object.entries(entry).reverse()) as unknown as AuditEntry;

        const created = await Promise.all(
          Array.from({ length: times }, (_, index) => recordAudit(store, index % 2 === 0 ? entry : reversed)),
        );

        expect(created.filter(Boolean)).toHaveLength(1);
        expect(await keysIn(store)).toHaveLength(1);
      }),
    );
  });

  it('is distinguished from another by its content, or by a given identity', async () => {
    const store = new MemoryStore();

    await recordAudit(store, anEntry({ summary: 'One.' }));
    await recordAudit(store, anEntry({ summary: 'Another.' }));
    await recordAudit(store, anEntry({ code: 'gap', summary: 'First.' }), 'the same');
    await recordAudit(store, anEntry({ code: 'gap', summary: 'Second.' }), 'the same');

    const summaries = (await auditIn(store)).map(({ summary }) => summary);
    expect(summaries.sort()).toEqual(['Another.', 'First.', 'One.']);
  });

  it.each([
    ['a code that is not in the table', { code: 'exploded' }],
    ['a time that is none', { at: 'yesterday' }],
    ['a source that is no name', { source: '../acme' }],
    ['a detail with a name that is no valid column name', { details: { 'Poll Minutes': 5 } }],
    ['a field of its own', { extra: true }],
  ])('is refused with %s', async (_, fields) => {
    const store = new MemoryStore();

    await expect(recordAudit(store, { ...anEntry(), ...fields } as AuditEntry)).rejects.toThrow();

    expect(await keysIn(store)).toEqual([]);
  });

  it('has its texts on one line, readable, and truncated for a table', async () => {
    const store = new MemoryStore();

    await recordAudit(
      store,
      anEntry({
        actor: { kind: 'operator', name: 'ines\u001b[2J' },
        summary: `One\nline \u202e${'and more '.repeat(300)}`,
        details: { name: 'a\u2028b\u0085c', empty: '' },
      }),
    );

    const [line] = await auditIn(store);
    expect(line?.actor.name).toBe('ines·[2J');
    expect(line?.summary).toMatch(/^One line ·and more/);
    expect(line?.summary.length).toBeLessThanOrEqual(1000);
    expect(line?.details).toEqual({ name: 'a b·c', empty: '-' });
  });

  it('contains no secret, even if it was passed one', async () => {
    const store = new MemoryStore();
    const secret = 'q7Xr2Lm9'.repeat(8);

    await recordAudit(
      store,
      anEntry({
        summary: `Refused: code=short&state=short ${secret}`,
        details: { refresh_token: 'short', problem: `Bearer ${secret}` },
      }),
    );

    const [key = ''] = await keysIn(store);
    const written = (await store.read(key))?.toString('utf8');
    expect(written).toContain('[redacted]');
    expect(written).not.toMatch(/short|q7Xr2Lm9/);
  });
});

describe('a line that is recorded only once', () => {
  const asNew = (at: string): AuditEntry => anEntry({ at, code: 'category-new' });

  it('is written the first time only, with the time of the first', async () => {
    const store = new MemoryStore();

    const first = await recordOnce(store, asNew('2026-11-18T12:00:00.000Z'), 'operation ai companion');
    const second = await recordOnce(store, asNew('2026-11-19T12:00:00.000Z'), 'operation ai companion');
    const other = await recordOnce(store, asNew('2026-11-19T12:00:00.000Z'), 'operation report');

    expect([first, second, other]).toEqual([true, false, true]);
    expect((await auditIn(store)).map(({ at }) => at)).toEqual([
      '2026-11-18T12:00:00.000Z',
      '2026-11-19T12:00:00.000Z',
    ]);
  });

  it('is written once by collectors that race for it', async () => {
    const store = new MemoryStore();

    const created = await Promise.all(
      Array.from({ length: 8 }, (_, second) =>
        recordOnce(store, asNew(`2026-11-18T12:00:0${second}.000Z`), 'operation ai companion'),
      ),
    );

    expect(created.filter(Boolean)).toHaveLength(1);
    expect(await auditIn(store)).toHaveLength(1);
  });

  it.each([0, 1, 2, 3])('is neither lost nor repeated by a kill at step %i', async (step) => {
    const store = new MemoryStore();
    let steps = 0;
    const failing = new FailingStore(store, () => steps++ === step);
    const killed = recordOnce(failing, asNew('2026-11-18T12:00:00.000Z'), 'operation ai companion');
    await expect(killed).rejects.toThrow(Killed);

    await recordOnce(store, asNew('2026-11-18T12:05:00.000Z'), 'operation ai companion');

    expect(await auditIn(store)).toHaveLength(1);
  });
});
