import { describe, expect, it } from '@jest/globals';
import * as keys from '../../../shared/contract/object-keys.ts';
import { aSlice, day } from '../../support/builders/collector.ts';

const SLICE = aSlice({ source: 'acme', day: day('2026-11-20') });

describe('object keys', () => {
  it.each([
    [keys.slicePrefix('flat', SLICE), 'flat/operation/source=acme/dt=2026-11-20/'],
    [
      keys.objectKey('raw', SLICE, 12),
      'raw/operation/source=acme/dt=2026-11-20/operation_2026-11-20_000012.json.gz',
    ],
    [keys.streamPrefix('ledger', SLICE), 'ledger/operation/source=acme/'],
    [keys.sliceStateKey(SLICE), '_state/slices/operation/source=acme/dt=2026-11-20/state.json'],
    [keys.manifestKey(SLICE), '_state/slices/operation/source=acme/dt=2026-11-20/manifest'],
    [keys.sourceKey('acme'), '_state/sources/acme.json'],
    [keys.lastRunKey(SLICE), '_state/runs/operation/source=acme/last-run.json'],
    [keys.ledgerPrefix(SLICE), 'ledger/operation/source=acme/dt=2026-11-20/'],
    [keys.ledgerKey(SLICE, 3), 'ledger/operation/source=acme/dt=2026-11-20/operation_2026-11-20_000003.json'],
    [keys.watermarkKey('acme'), 'watermark/source=acme.json'],
    [keys.statesKey(SLICE), '_state/streams/operation/source=acme/states.json'],
    [keys.frozenPeopleKey('acme'), '_state/people/source=acme.json'],
    [keys.pollingKey('acme'), '_state/polling/source=acme.json'],
    [keys.budgetKey('acme'), '_state/budget/source=acme.json'],
    [keys.healthStateKey('acme'), '_state/health/source=acme.json'],
    [keys.healthKey('acme'), 'health/source=acme.json'],
    [keys.muteKey('zls.watcher'), '_state/mutes/zls.watcher.json'],
    [keys.auditPrefix('acme'), 'audit/source=acme/'],
    [
      keys.auditKey('acme', '2026-11-20T09:30:00.123Z', 'connected', '0a1b2c3d4e5f'),
      'audit/source=acme/dt=2026-11-20/20261120T093000123_connected_0a1b2c3d4e5f.jsonl',
    ],
    [keys.seenKey('acme', 'field', 'x1'), '_state/seen/source=acme/field_x1.json'],
    [keys.configurationKey('acme'), '_state/configuration/source=acme.json'],
  ])('is %s', (key, expected) => {
    expect(key).toBe(expected);
  });
});

describe('parsing a key', () => {
  it.each([
    [keys.objectKey('raw', SLICE, 12), 12],
    ['flat.v2/operation/source=acme/dt=2026-11-20/operation_2026-11-20_000012.json.gz', 12],
    ['operation_2026-11-20_000012.json.gz', undefined],
    [`${keys.slicePrefix('raw', SLICE)}operation_2026-11-20_000012.json.gz.bak`, undefined],
    [`${keys.slicePrefix('raw', SLICE)}operation_2026-11-20_0000x2.json.gz`, undefined],
    [`${keys.slicePrefix('raw', SLICE)}operation_2026-11-20_12.json.gz`, undefined],
    [`${keys.slicePrefix('raw', SLICE)}operation_2026-11-21_000012.json.gz`, undefined],
    [`${keys.slicePrefix('raw', SLICE)}activity_2026-11-20_000012.json.gz`, undefined],
    [`${keys.slicePrefix('raw', SLICE)}../../../operation_2026-11-20_000012.json.gz`, undefined],
    [`${keys.slicePrefix('raw', SLICE)}x/operation_2026-11-20_000012.json.gz`, undefined],
    [`${keys.slicePrefix('raw', SLICE)}%2e%2e%2foperation_2026-11-20_000012.json.gz`, undefined],
    [`/${keys.objectKey('raw', SLICE, 12)}`, undefined],
    [`x/${keys.objectKey('raw', SLICE, 12)}`, undefined],
    ['raw/operation/source=../dt=2026-11-20/operation_2026-11-20_000012.json.gz', undefined],
    [`${keys.objectKey('raw', SLICE, 12)}\n`, undefined],
  ])('of the sequence: %s is %s', (key, sequence) => {
    expect(keys.sequenceOf(key)).toBe(sequence);
  });

  it.each([
    [keys.ledgerKey(SLICE, 3), 3],
    ['operation_2026-11-20_000003.json', undefined],
    [`${keys.ledgerKey(SLICE, 3)}.gz`, undefined],
    [`${keys.ledgerPrefix(SLICE)}operation_2026-11-20_3.json`, undefined],
    [`${keys.ledgerPrefix(SLICE)}operation_2026-11-20_00000x.json`, undefined],
    [`${keys.ledgerPrefix(SLICE)}../operation_2026-11-20_000003.json`, undefined],
    [`${keys.ledgerPrefix(SLICE)}operation_2026-11-21_000003.json`, undefined],
  ])('of the revision: %s is %s', (key, revision) => {
    expect(keys.ledgerRevisionOf(key)).toBe(revision);
  });

  it.each([
    ['raw/operation/source=acme/dt=2026-11-20/x', '2026-11-20'],
    ['raw/operation/source=acme/dt=2026-11-2/x', undefined],
    ['raw/operation/source=acme/dt=x026-11-20/x', undefined],
    ['raw/operation/source=acme/dt=2026-11-20', undefined],
    ['raw/operation/2026-11-20/x', undefined],
    ['raw/operation/source=acme/dt=2026-11-20/', undefined],
    ['raw/operation/source=acme/dt=2026-11-20/../x', undefined],
  ])('of the day: %s is %s', (key, on) => {
    expect(keys.dayOfKey(key)).toBe(on);
  });

  it.each([
    ['raw', SLICE, keys.objectKey('raw', SLICE, 7), true],
    ['flat', SLICE, keys.objectKey('raw', SLICE, 7), false],
    ['raw', { ...SLICE, source: 'globex' }, keys.objectKey('raw', SLICE, 7), false],
    ['raw', { ...SLICE, stream: 'activity' }, keys.objectKey('raw', SLICE, 7), false],
    ['raw', { ...SLICE, day: day('2026-11-21') }, keys.objectKey('raw', SLICE, 7), false],
    ['raw', SLICE, `${keys.slicePrefix('raw', SLICE)}../../x`, false],
  ] as const)('of its slice: %s of %j with %s: %s', (kind, slice, key, isTheirs) => {
    expect(keys.isKeyOfSlice(kind, slice, key)).toBe(isTheirs);
  });

  it.each([
    ['raw/operation/source=acme/dt=2026-11-20/x', 'acme'],
    ['source=acme/x', 'acme'],
    ['resource=acme/x', undefined],
    ['raw/source=acme', undefined],
    ['raw/source=/x', undefined],
  ])('of the source: %s is %s', (key, source) => {
    expect(keys.sourceOfKey(key)).toBe(source);
  });

  it.each([
    ['20261120T093000123_connected_0a1b2c3d4e5f.jsonl', 'connected'],
    ['20261120T093000123_grant-dead_0a1b2c3d4e5f.jsonl', 'grant-dead'],
    ['20261120T093000123_connected_0a1b.jsonl', undefined],
    ['20261120T093000123_connected_0a1b2c3d4e5f.jsonl.gz', undefined],
  ])('of the code: %s is %s', (key, code) => {
    expect(keys.codeOfKey(key)).toBe(code);
  });
});
