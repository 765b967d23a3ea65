import type { Answer } from './response.ts';
import type { Endpoint } from './call.ts';

/** The number of requests and their results. A status is `reset` if there was no response. */
export interface Traffic {
  readonly total: number;
  readonly byEndpoint: Partial<Record<Endpoint, Record<string, number>>>;
  readonly byStatus: Record<string, number>;
  /** How often each fault triggered. */
  readonly faults: Record<string, number>;
  /** Rows inserted during listings. */
  readonly inserted: number;
}

/** Counts responses, except those to control requests. */
export interface TrafficCounter {
  count(endpoint: Endpoint, response: Answer): void;
  counts(): Pick<Traffic, 'total' | 'byEndpoint' | 'byStatus'>;
}

export const createTrafficCounter = (): TrafficCounter => {
  const counted = new Map<Endpoint, Map<string, number>>();

  return {
    count: (endpoint, { status, delivery }) => {
      const name = delivery?.breaks === 'no-answer' ? 'reset' : String(status);
      const statuses = counted.get(endpoint) ?? new Map<string, number>();
      counted.set(endpoint, statuses.set(name, (statuses.get(name) ?? 0) + 1));
    },
    counts: () => {
      const byStatus: Record<string, number> = {};
      for (const statuses of counted.values()) {
        for (const [name, count] of statuses) byStatus[name] = (byStatus[name] ?? 0) + count;
      }
      return {
        total: Object.values(byStatus).reduce((sum, count) => sum + count, 0),
        byEndpoint: Object.fromEntries(
          [...counted].map(([name, statuses]) => [name, Object.fromEntries(statuses)]),
        ),
        byStatus,
      };
    },
  };
};
