import { describe, expect, it } from '@jest/globals';
import { recordAudit } from '../../../shared/audit/record-audit.ts';
import { CorruptObjectError } from '../../../shared/errors.ts';
import { anEntry, auditIn } from '../../support/builders/audit.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const KEY = 'audit/source=acme/dt=2026-11-18/20261118T120000400_connected_0123456789ab.jsonl';

const lineOf = (fields: Record<string, unknown>): string =>
  `${JSON.stringify({ ...anEntry(), ...fields })}\n`;

describe('reading the audit log', () => {
  it('gives the lines of all sources in order of time', async () => {
    const store = new MemoryStore();
    for (const [source, at] of [
      ['globex', '2026-11-19T00:00:00.000Z'],
      ['acme', '2026-11-18T09:00:00.000Z'],
      ['globex', '2026-11-18T08:00:00.000Z'],
      ['acme', '2026-11-18T10:00:00.000Z'],
    ] as const) {
      await recordAudit(store, anEntry({ source, at }));
    }

    const lines = await auditIn(store);

    expect(lines.map(({ source, at }) => `${source} ${at.slice(8, 13)}`)).toEqual([
      'globex 18T08',
      'acme 18T09',
      'acme 18T10',
      'globex 19T00',
    ]);
  });

  it.each([
    [{ sources: ['globex'] }, ['globex connected']],
    [{ codes: ['gap'] }, ['acme gap']],
    [{ since: new Date('2026-11-18T12:00:00.400Z') }, ['acme gap', 'globex connected']],
    [{ since: new Date('2026-11-18T13:00:00Z') }, ['globex connected']],
    [{ sources: ['nobody'] }, []],
    [{}, ['acme connected', 'acme gap', 'globex connected']],
  ])('chooses by %j', async (filter, expected) => {
    const store = new MemoryStore();
    await recordAudit(store, anEntry({ at: '2026-11-17T23:59:59.999Z' }));
    await recordAudit(store, anEntry({ code: 'gap' }));
    await recordAudit(store, anEntry({ source: 'globex', at: '2026-11-19T01:00:00.000Z' }));

    const lines = await auditIn(store, filter);

    expect(lines.map(({ source, code }) => `${source} ${code}`)).toEqual(expected);
  });

  it('does not open the objects of days before', async () => {
    const store = new MemoryStore();
    await store.create(KEY, Buffer.from('damaged'));

    expect(await auditIn(store, { since: new Date('2026-11-19T00:00:00Z') })).toEqual([]);
  });

  it('takes several lines of one object, and codes and fields that a later release added', async () => {
    const store = new MemoryStore();
    const later = lineOf({ at: '2026-11-18T12:00:01.000Z', code: 'moon-phase', tide: 'high' });
    await store.create(KEY, Buffer.from(lineOf({}) + later));

    const lines = await auditIn(store);

    expect(lines.map(({ code }) => code)).toEqual(['connected', 'moon-phase']);
  });

  it('ignores objects that are not part of the log', async () => {
    const store = new MemoryStore();
    await store.create('audit/source=acme/.DS_Store', Buffer.from('x'));
    await store.create('audit/source=acme/dt=2026-11-18/.DS_Store', Buffer.from('x'));

    expect(await auditIn(store)).toEqual([]);
  });

  it.each([
    ['empty', ''],
    ['cut', lineOf({}).slice(0, 40)],
    ['without its last line end', lineOf({}).trimEnd()],
    ['no JSON', 'connected\n'],
    ['without a code', lineOf({ code: undefined })],
    ['another source’s', lineOf({ source: 'globex' })],
  ])('names an object that is %s, and says what to do', async (_, text) => {
    const store = new MemoryStore();
    await store.create(KEY, Buffer.from(text));

    const readText = auditIn(store);

    await expect(readText).rejects.toThrow(CorruptObjectError);
    await expect(readText).rejects.toThrow(`${KEY} is damaged`);
    await expect(readText).rejects.toThrow('Restore it from a copy, or move it away.');
  });
});
