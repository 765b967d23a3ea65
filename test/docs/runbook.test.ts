import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { alarmsOf, RUNBOOK } from '../../shared/contract/alarms.ts';
import { CAUSES } from '../../shared/health/causes.ts';
import { VERDICTS } from '../../shared/health/verdict.ts';
import { STREAM_NAMES } from '../../shared/model/stream.ts';
import { Synthesized } from '../infra/synthesized.ts';
import { headingsOf, isAsSaid, shellBlocksOf } from './shell-blocks.ts';

const runbook = readFileSync(join(import.meta.dirname, '../..', RUNBOOK), 'utf8');
const headings = headingsOf(runbook);
const blocks = shellBlocksOf(runbook);

/** The text under a heading of the third level. */
const under = (heading: string): string =>
  new RegExp(`^### ${heading}\\n(?<text>.*?)(?=^##)`, 'ms').exec(runbook)?.groups?.['text'] ?? '';

/** The headings of the third level under one of the second. */
const partsOf = (chapter: string): string[] => {
  const from = headings.findIndex(({ level, text }) => level === 2 && text === chapter);
  const to = headings.findIndex(({ level }, index) => level === 2 && index > from);
  return headings.slice(from + 1, to).map(({ text }) => text);
};

/** Verdicts of one cause: it needs no table. */
const SINGLE = new Set(['not-running', 'not-connected']);

const KINDS = [
  ...new Set(
    alarmsOf('stack', [{ name: 'acme', auth: 'oauth', streams: STREAM_NAMES }], { compaction: true }).map(
      ({ kind }) => kind,
    ),
  ),
];

describe('the runbook', () => {
  it('has a heading for each verdict, and none for anything else', () => {
    expect(partsOf('Verdicts')).toEqual([...VERDICTS]);
  });

  it('has a heading for each alarm, and none for anything else', () => {
    expect(partsOf('Alarms').sort()).toEqual([...KINDS].sort());
  });

  it('has each cause in the table of its verdict, and no other', () => {
    const tables = VERDICTS.flatMap((verdict) =>
      [...under(verdict).matchAll(/^\| `([a-z-]+)`/gm)].map(([, cause]) => `${verdict}: ${String(cause)}`),
    );
    const causes = Object.entries(CAUSES)
      .filter(([cause]) => !SINGLE.has(cause))
      .map(([cause, { verdict }]) => `${verdict}: ${cause}`);

    expect(tables.sort()).toEqual(causes.sort());
  });

  it.each([...VERDICTS, ...KINDS])(
    'explains for %s the meaning, the data loss and when to stop',
    (heading) => {
      expect(under(heading)).toMatch(/\*\*Meaning\.\*\*/);
      expect(under(heading)).toMatch(/\*\*Is anything lost\?\*\*/);
      expect(under(heading)).toMatch(/\*\*(?:Do|Check)/i);
      expect(under(heading)).toMatch(/\*\*(?:Do\*\* and \*\*)?back to bed:?\*\*/i);
    },
  );

  it('has every heading that an alarm of a deployment links to', () => {
    const { resources } = new Synthesized({ compaction: true });
    const links = Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => /docs\/runbook\.md#(\S+)/.exec(String(Properties['AlarmDescription']))?.[1]);

    expect(links.length).toBeGreaterThan(20);
    expect(headings.map(({ anchor }) => anchor)).toEqual(expect.arrayContaining([...new Set(links)]));
  });

  it('has every heading that a finding of the monitor names', () => {
    const folder = join(import.meta.dirname, '../../shared/health');
    const named = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/heading: '(\w+)'/g)].map(([, name]) => name),
    );

    expect(named.length).toBeGreaterThan(3);
    expect(headings.map(({ anchor }) => anchor)).toEqual(expect.arrayContaining(named));
  });

  it('links only to headings that it has', () => {
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);

    expect(links.length).toBeGreaterThan(20);
    expect(headings.map(({ anchor }) => anchor)).toEqual(expect.arrayContaining([...new Set(links)]));
  });

  it('has almost no command without a test, and gives reasons', () => {
    const notRun = blocks.flatMap(({ code, notRun: why }) => (why === undefined ? [] : [{ code, why }]));

    expect(notRun).toEqual([
      { code: expect.stringContaining('start-message-move-task'), why: expect.stringContaining('emulator') },
    ]);
  });

  it.each([
    ['acme is connected.', 'acme is connected.', true],
    ['acme … unauthorized', 'acme   operation   unauthorized', true],
    ['acme … unauthorized', 'acme   operation   flowing', false],
    ['… [DISABLED] …', 'rule [DISABLED] now', true],
    ['a.b', 'aXb', false],
  ])('is compared with what is printed: "%s" with "%s"', (said, printed, same) => {
    expect(isAsSaid(said, printed)).toBe(same);
  });
});
