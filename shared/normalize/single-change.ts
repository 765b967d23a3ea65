import type { Change, OperationDetail } from './operation-detail.ts';

/** The single change of a detail that can be parsed in only one way: nothing else in a detail may decide the kind of a row. */
export const singleChange = ({ status, changes }: OperationDetail): Change | undefined =>
  status === 'full' && changes?.length === 1 ? changes[0] : undefined;
