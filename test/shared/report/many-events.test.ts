import { beforeAll, describe, expect, it } from '@jest/globals';
import { LEVELS } from '../../../shared/query/detection.ts';
import { reportToHtml } from '../../../shared/report/page.ts';
import type { Figures } from '../../../shared/report/figures.ts';
import { addDays } from '../../../shared/model/day.ts';
import { deliverDemo, TODAY } from '../../support/fixtures/demo-archive.ts';
import { aReport } from './a-report.ts';
import { addManyEvents } from './many-events.ts';
import { figuresOf } from './read-report.ts';

const EVENTS = 300_000;
const MOST_BYTES = 2_000_000;

describe('a report of 300,000 events', () => {
  const before = addDays(TODAY, -5);
  const period = { from: addDays(before, -29), to: TODAY };
  let figures: Figures;
  let events: number;
  beforeAll(async () => {
    const { out, rows } = await deliverDemo();
    events = rows.length + addManyEvents(out, before, 29, EVENTS / 2);
    figures = await figuresOf(out, period);
  });

  it('counts each of them', () => {
    const counted = figures.events.byArea.reduce((sum, { count }) => sum + count, 0);

    expect(counted).toBeGreaterThanOrEqual(EVENTS);
    expect(Math.abs(events - counted)).toBeLessThan(3_000);
    expect(figures.settings.stillWeak.total).toBeGreaterThan(1_000);
    expect(figures.signIns.networks.total).toBeGreaterThan(150);
  });

  it('is a page of less than 2 MB, also with 40,000 findings and 100 streams', () => {
    const days = figures.events.byArea.map(({ day }) => ({ day, state: 'confirmed' as const }));
    const streams = Array.from({ length: 50 }, (_, nth) =>
      (['operation', 'activity'] as const).map((stream) => ({ source: `source-${nth}`, stream })),
    ).flat();
    const findings = Array.from({ length: 40_000 }, (_, nth) => ({
      detection: `detection-${nth % 40}`,
      title: `Detection ${nth % 40}`,
      level: LEVELS[nth % LEVELS.length] ?? 'low',
      time: `${addDays(TODAY, -(nth % 30))}T10:00:00.000Z`,
      who: 'ines@quillmere.example',
      what: 'x'.repeat(5_000),
      source: 'quillmere',
    }));

    const page = reportToHtml(
      aReport({
        ...figures,
        period,
        findings,
        calendar: streams.map((stream) => ({ ...stream, days })),
        streams: streams.map((stream) => ({
          ...stream,
          verdict: 'flowing',
          newestEvent: undefined,
          events: 3_000,
          lateness: undefined,
          lastRun: undefined,
          problems: [],
        })),
      }),
    );

    expect(Buffer.byteLength(page)).toBeLessThan(MOST_BYTES);
    expect(Buffer.byteLength(page)).toBeGreaterThan(100_000);
  });
});
