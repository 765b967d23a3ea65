import type { Change, OperationDetail } from './operation-detail.ts';

/** The only change of a detail, however reliable it is. */
export const soleChange = ({ changes }: OperationDetail): Change | undefined =>
  changes?.length === 1 ? changes[0] : undefined;

/** The single change of a detail that can be parsed in only one way: nothing else in a detail may decide the kind of a row. */
export const singleChange = (detail: OperationDetail): Change | undefined =>
  detail.status === 'full' ? soleChange(detail) : undefined;
