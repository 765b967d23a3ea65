import { NO_LATENESS } from '../../../shared/collect/state/lateness.ts';
import type { SliceState } from '../../../shared/collect/state/slice-state.ts';

/** The state of a slice that was listed once, by its tip. */
export const aSliceState = (fields: Partial<SliceState> = {}): SliceState => ({
  openedAt: '2026-06-01T00:05:00.000Z',
  objects: 1,
  rows: 10,
  rejected: 0,
  dayMismatch: 0,
  newest: '2026-06-01T09:00:00.000Z',
  held: 0,
  vanished: 0,
  pagesRead: 1,
  lateness: [...NO_LATENESS],
  ...fields,
});

/** A whole listing that began at an instant. */
export const wholeAt = (beganAt: string, pages = 1): Pick<SliceState, 'lastWhole'> => ({
  lastWhole: { beganAt, endedAt: beganAt, pages, rows: 10, order: 'x' },
});

/** An entry in the ledger. */
export const inLedger = (
  fields: Partial<NonNullable<SliceState['ledger']>> = {},
): Pick<SliceState, 'ledger'> => ({
  ledger: {
    revision: 0,
    sha256: '0'.repeat(64),
    verdict: 'complete',
    rows: 10,
    closedAt: '2026-06-05T00:10:00.000Z',
    ...fields,
  },
});
