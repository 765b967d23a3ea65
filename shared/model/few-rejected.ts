import { FEW_REJECTED_SHARE } from '../contract/metrics.ts';

/** Whether rejected rows are so small a share of all rows that they are an error in single rows, not another form of all rows. */
export const isFewRejected = (rejected: number, rows: number): boolean =>
  rejected <= rows * FEW_REJECTED_SHARE;
