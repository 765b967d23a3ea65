import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AUDIT_CODES } from '../../../shared/audit/audit-codes.ts';
import type { StoredObject } from '../../../shared/collect/ports.ts';
import type { Connector } from '../../../shared/app/connector.ts';
import {
  DEFAULT_ACCOUNT,
  generateCompany,
  type Simulator,
  startSimulator,
} from '../../../simulator/index.ts';
import { auditIn } from '../../support/builders/audit.ts';
import { day, never } from '../../support/builders/collector.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { anOperation } from '../../support/builders/rows.ts';
import { connectToSimulator, type SimulatedSource } from '../../support/simulated-source.ts';

const FIRST = day('2026-11-18');
const slice = { source: 'acme', stream: 'operation', day: FIRST } as const;

let simulator: Simulator;
const opened: { close: () => Promise<void> }[] = [];
beforeEach(async () => {
  simulator = await startSimulator({ now: `${FIRST}T12:00:00Z`, speed: 0 });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
  await simulator.close();
});

const connect = (store: MemoryStore, limits: Omit<SimulatedSource, 'source'> = {}): Connector => {
  const connector = connectToSimulator(simulator, store, { source: 'acme', ...limits });
  opened.push(connector);
  return connector;
};

const addOperation = (fields: Record<string, unknown>): void =>
  simulator.addRows([{ stream: 'operation', row: anOperation(fields) }]);

describe('the audit log of a connector', () => {
  it('names a new category and field once, regardless of how often and by which collector they are read', async () => {
    const store = new MemoryStore();
    addOperation({ category_type: 'AI Companion' });
    addOperation({ category_type: 'ai companion', office: 'Bern', time: `${FIRST}T09:00:01Z` });
    const connector = connect(store);

    await connector.poll(never);
    await connector.poll(never);
    simulator.clock.set(`${FIRST}T18:00:00Z`);
    await connect(store).poll(never);

    const lines = await auditIn(store, { codes: ['category-new', 'field-new'] });
    expect(lines.map(({ code, stream, day: of, details }) => ({ code, stream, of, details }))).toEqual(
      expect.arrayContaining([
        { code: 'category-new', stream: 'operation', of: FIRST, details: { category: expect.any(String) } },
        { code: 'field-new', stream: 'operation', of: FIRST, details: { field: 'office' } },
      ]),
    );
    expect(lines).toHaveLength(2);
    expect(lines.every(({ at }) => at.startsWith(`${FIRST}T12:00:00`))).toBe(true);
  });

  it('has Zoom’s texts in a code span, because people read it in chat', async () => {
    const store = new MemoryStore();
    addOperation({
      category_type: '<!channel> *ACTION NEEDED* [re-authorize here](https://evil.example) `',
      ['@here <https://evil.example|reset>']: 1,
    });

    await connect(store).poll(never);

    const lines = await auditIn(store, { codes: ['category-new', 'field-new'] });
    expect(lines.map(({ summary }) => summary)).toEqual([
      "Zoom's operation log has a category that this release does not know: `＜!channel＞ *ACTION NEEDED* [re-authorize here] ·(https[://]evil.example) '`.",
      "Zoom's operation log has a field that Zoom does not document: `＠here ＜https[://]evil.example|reset＞`.",
    ]);
  });

  it('names no secret of the connection, even if Zoom sends one as a name', async () => {
    const store = new MemoryStore();
    const { clientSecret } = DEFAULT_ACCOUNT;
    addOperation({ category_type: `New ${clientSecret}`, [`f_${clientSecret}`]: 'x' });

    await connect(store).poll(never);

    const lines = await auditIn(store, { codes: ['category-new', 'field-new'] });
    expect(lines.map(({ details }) => details)).toEqual([
      { category: 'New [redacted]' },
      { field: 'f_[redacted]' },
    ]);
    expect(JSON.stringify(lines)).not.toContain(clientSecret);
  });

  it('has one line per day of a stream for rows that could not become events', async () => {
    const store = new MemoryStore();
    const connector = connect(store);
    const rejectedRow = (row: unknown) => simulator.addRows([{ stream: 'operation', day: FIRST, row }]);
    rejectedRow({ ...anOperation(), time: 'yesterday' });
    await connector.poll(never);
    rejectedRow({ ...anOperation(), time: 'today' });
    simulator.clock.set(`${FIRST}T18:00:00Z`);

    await connect(store).poll(never);

    expect(await auditIn(store, { codes: ['rows-rejected'] })).toMatchObject([
      {
        stream: 'operation',
        day: FIRST,
        summary: `1 row of the operation log of ${FIRST} could not be read.`,
        details: { rows: 1 },
      },
    ]);
    expect(AUDIT_CODES['rows-rejected']).toMatchObject({ notice: true, severity: 'warning' });
  });

  it('names at most twenty new names per run, and the others in the next', async () => {
    const store = new MemoryStore();
    for (const category of Array.from({ length: 15 }, (_, index) => `Novelty ${index}`)) {
      addOperation({ category_type: category, [category]: 'x' });
    }
    const connector = connect(store);

    await connector.poll(never);
    const after = (await auditIn(store)).length;
    simulator.clock.set(`${FIRST}T18:00:00Z`);
    await connector.poll(never);

    expect(after).toBe(20);
    expect(await auditIn(store, { codes: ['category-new', 'field-new'] })).toHaveLength(30);
  });

  it('records once that a back-fill is finished, with its results', async () => {
    const store = new MemoryStore();
    const company = { seed: 3, from: '2026-11-08', to: FIRST, rowsPerDay: 40, lateness: 'none' } as const;
    simulator.addRows(generateCompany(company));
    const connector = connect(store, { backfillDays: 10 });

    const before: string[][] = [];
    for (let poll = 0; poll < 4; poll += 1) {
      await connector.poll(never);
      before.push((await auditIn(store, { codes: ['backfill-finished'] })).map(({ at }) => at));
      simulator.clock.advance(300_000);
    }

    expect(before.map((lines) => lines.length)).toEqual([0, 1, 1, 1]);
    const count = (stream: 'operation' | 'activity') => simulator.rows({ stream }).length;
    expect(await auditIn(store, { codes: ['backfill-finished'] })).toMatchObject([
      {
        actor: { kind: 'collector' },
        from: '2026-11-08',
        to: FIRST,
        details: {
          operation_days: 11,
          operation_events: count('operation'),
          activity_days: 11,
          activity_events: count('activity'),
        },
      },
    ]);
  });

  it('does not call a back-fill finished while a day of it could not be read', async () => {
    const store = new MemoryStore();
    const connector = connect(store, { backfillDays: 10, requestsPerDay: 12 });

    await connector.poll(never);
    await connector.poll(never);

    expect(await auditIn(store, { codes: ['backfill-finished'] })).toEqual([]);
  });

  it('records late rows of a closed day once, with any number of collectors', async () => {
    const store = new MemoryStore();
    addOperation({});
    const connector = connect(store, { lookbackDays: 1 });
    await connector.poll(never);
    simulator.clock.set('2026-11-21T12:00:00Z');
    await connector.poll(never);
    addOperation({ operation_detail: 'Late' });

    const reports = await Promise.all(
      [connector, connect(store, { lookbackDays: 1 })].map((each) => each.collectSlices([slice], never)),
    );

    expect(reports.flatMap(({ notices }) => notices)).not.toEqual([]);
    expect(await auditIn(store, { codes: ['late-after-close'] })).toMatchObject([
      { source: 'acme', stream: 'operation', day: FIRST, details: { rows: 1, ledger_revision: 1 } },
    ]);
  });

  it('records once each day that Zoom deleted before it was read whole', async () => {
    const store = new MemoryStore();
    const connector = connect(store, { lookbackDays: 1 });
    simulator.faults.set('server-error=1');
    await connector.poll(never);
    simulator.clock.set('2027-05-20T12:00:00Z');

    await connector.poll(never);
    simulator.faults.set();
    await connector.poll(never);
    await connector.poll(never);

    const lines = await auditIn(store, { codes: ['gap'] });
    const gaps = new Set(lines.map(({ stream, day: of }) => `${String(stream)} ${String(of)}`));
    expect(gaps.size).toBeGreaterThan(0);
    expect(lines).toHaveLength(gaps.size);
  });

  it('reports a line that cannot be written, without losing an event or the run', async () => {
    const store = new (class extends MemoryStore {
      override create(key: string, body: Uint8Array): Promise<StoredObject | undefined> {
        return key.startsWith('audit/')
          ? Promise.reject(new Error('No s3:PutObject on audit/'))
          : super.create(key, body);
      }
    })();
    addOperation({ category_type: 'AI Companion' });

    const report = await connect(store).poll(never);

    expect(report).toMatchObject({ missing: [], auditFailures: ['No s3:PutObject on audit/'] });
    expect(report.outcomes.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(1);
  });
});
