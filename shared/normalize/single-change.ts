import type { Change, OperationDetail } from './operation-detail.ts';

/** The one change of a detail that has one reading only: nothing else within a detail may decide what a row is. */
export const singleChange = ({ status, changes }: OperationDetail): Change | undefined =>
  status === 'full' && changes?.length === 1 ? changes[0] : undefined;
