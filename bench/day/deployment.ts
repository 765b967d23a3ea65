/** What stands in a deployment whether or not anything happens, counted out of its template. */
export interface Deployed {
  readonly alarms: number;
  /** Metrics that the functions may emit: one costs only the hours in which it is emitted, so these are the most. */
  readonly metrics: number;
  readonly dashboards: number;
  /** Metrics that the dashboards draw. */
  readonly drawn: number;
  readonly secrets: number;
  /** Queues that a function reads: Lambda asks them all day long. */
  readonly polledQueues: number;
  readonly pollerMib: number;
  readonly watchMib: number;
}

export interface Deployment extends Deployed {
  readonly sources: number;
}

/** The deployment of one source among several. Throws a RangeError if there is none. */
export const oneSource = (deployments: readonly Deployment[]): Deployment => {
  const one = deployments.find(({ sources }) => sources === 1);
  if (!one) throw new RangeError('No deployment is of one source.');
  return one;
};
