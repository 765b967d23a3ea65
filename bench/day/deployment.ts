/** The fixed resources of a deployment, counted in its template. */
export interface Deployed {
  readonly alarms: number;
  /** The maximum number of metrics: a metric costs only in hours in which it is emitted. */
  readonly metrics: number;
  readonly dashboards: number;
  /** Metrics on the dashboards. */
  readonly drawn: number;
  readonly secrets: number;
  /** Queues that a function reads: Lambda polls them continuously. */
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
  if (!one) throw new RangeError('No deployment has one source.');
  return one;
};
