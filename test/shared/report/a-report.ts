import type { Report } from '../../../shared/report/report.ts';
import { day } from '../../support/builders/collector.ts';

/** A report without any event. */
export const aReport = (fields: Partial<Report> = {}): Report => ({
  place: 'demo',
  period: { from: day('2026-11-16'), to: day('2026-11-18') },
  now: new Date('2026-11-18T09:00:00Z'),
  version: '0.1.0',
  warnings: [],
  events: { byArea: [], byControl: [], withoutControls: 0 },
  settings: { byControl: [], stillWeak: { rows: [], total: 0 }, readFrom: '' },
  roles: { changes: { rows: [], total: 0 }, privileged: 0 },
  signIns: { daily: [], networks: { rows: [], total: 0 } },
  detections: 20,
  findings: [],
  calendar: [],
  streams: [],
  ...fields,
});
