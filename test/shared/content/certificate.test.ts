import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  type CertificateFacts,
  isComplete,
  missingOf,
  toCertificate,
  writeCertificate,
} from '../../../shared/content/certificate.ts';
import type { FailedVersion, Holdings } from '../../../shared/content/holdings.ts';
import { NO_MIRROR } from '../../../shared/content/mirror/run-mirror.ts';
import { day } from '../../support/builders/collector.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const HOLDINGS: Holdings = {
  found: [
    { stream: 'meeting', subjects: 3, files: undefined },
    { stream: 'recording', subjects: 2, files: { count: 5, bytes: 4000 } },
  ],
  files: 5,
  held: 4,
  sameAs: 0,
  bytes: 4000,
  filesDigest: hash('sha256', 'lines', 'hex'),
  failed: [],
  skipped: 1,
  processing: 0,
  pending: 0,
  gone: 0,
};

const FAILED: FailedVersion = {
  day: day('2026-11-18'),
  item: '9f2c41d07a5be613',
  version: '03b7e1a2c4d5f697',
  type: 'video',
  topic: 'Weekly sync',
  reason: 'never-ready',
  message: 'Zoom has not finished this file.',
  final: true,
};

const facts = (change: Partial<CertificateFacts> = {}): CertificateFacts => ({
  source: 'acme',
  accountId: 'Account-1',
  toolVersion: '1.2.3',
  task: { streams: ['recording'], from: day('2026-11-18'), to: day('2026-11-20') },
  choice: { types: ['video'], people: { include: 'all', exclude: [], future: true } },
  report: {
    people: 7,
    hosts: undefined,
    rows: { person: 7, meeting: 0, recording: 5, chat_message: 0 },
    files: { held: 4, sameAs: 0, bytes: 4000, failed: [], processing: 0, skipped: 1 },
    mirror: NO_MIRROR,
    problems: [],
    closed: [],
    open: [
      { slice: { source: 'acme', stream: 'recording', day: day('2026-11-20') }, because: 'rows may come' },
    ],
    rateLimitedUntil: undefined,
  },
  holdings: HOLDINGS,
  closed: [{ stream: 'recording', day: day('2026-11-18'), revision: 0, ledger_sha256: 'ab' }],
  beganAt: new Date('2026-11-25T12:00:00Z'),
  endedAt: new Date('2026-11-25T12:01:00.500Z'),
  ...change,
});

describe('the certificate', () => {
  it('says what was asked, found and held, and which days are closed', () => {
    expect(toCertificate(facts())).toMatchObject({
      form: 1,
      tool: { name: 'zoom-log-source', version: '1.2.3' },
      source: 'acme',
      account_id: 'Account-1',
      complete: true,
      asked: { streams: ['recording'], from: '2026-11-18', to: '2026-11-20', types: ['video'] },
      found: { people: 7, meetings: 3, recordings: 2, files: 5 },
      held: { files: 4, bytes: 4000, files_digest: HOLDINGS.filesDigest },
      skipped: 1,
      closed: [{ stream: 'recording', day: '2026-11-18', revision: 0, ledger_sha256: 'ab' }],
      open: [{ stream: 'recording', day: '2026-11-20', because: 'rows may come' }],
    });
  });

  it.each([
    ['a list was not proven', { problems: [{ stream: 'recording', reason: 'x', message: 'y' }] }, {}, false],
    ['a file failed', {}, { failed: [FAILED] }, false],
    ['a file was not fetched', {}, { pending: 1 }, false],
    ['a version was replaced', {}, { failed: [{ ...FAILED, reason: 'replaced' }] }, true],
    ['Zoom still processes a file', {}, { processing: 1 }, true],
    ['a type was not chosen', {}, { skipped: 9 }, true],
  ] as const)('if %s, knows whether it is complete', (_, report, holdings, complete) => {
    expect(isComplete({ problems: [], ...report }, { ...HOLDINGS, ...holdings })).toBe(complete);
  });

  it('lists a replaced version, which is not missing', () => {
    expect(missingOf({ failed: [FAILED, { ...FAILED, reason: 'replaced' }] })).toEqual([FAILED]);
  });

  it('is written once: another one of the same moment gets a number', async () => {
    const store = new MemoryStore();
    const first = toCertificate(facts());
    const other = toCertificate(facts({ toolVersion: '2.0.0' }));

    const keys = [
      await writeCertificate(store, first),
      await writeCertificate(store, other),
      await writeCertificate(store, first),
    ];

    const key = 'certificates/source=acme/2026-11-18_2026-11-20_20261125T120100500Z';
    expect(keys).toEqual([`${key}.json`, `${key}-2.json`, `${key}.json`]);
    expect(JSON.parse((await store.read(`${key}.json`))?.toString() ?? '')).toEqual(
      JSON.parse(JSON.stringify(first)),
    );
  });
});
