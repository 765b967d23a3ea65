/**
 * AWS's published prices, in dollars, on demand and without what AWS gives away. They were not looked up by a program: compare
 * them with https://aws.amazon.com/pricing/ before you plan by them.
 */
export const PRICES_OF = { region: 'us-east-1', date: '2025-01-01' } as const;

const MILLION = 1_000_000;

/** Of one unit each. */
export const PRICES = {
  lambda: { request: 0.2 / MILLION, armGbSecond: 0.000_013_333_4 },
  s3: { put: 0.005 / 1000, get: 0.0004 / 1000, list: 0.005 / 1000, gbMonth: 0.023 },
  sns: { publish: 0.5 / MILLION },
  sqs: { request: 0.4 / MILLION },
  secrets: { secretMonth: 0.4, call: 0.05 / 10_000 },
  cloudWatch: {
    alarmMonth: 0.1,
    metricMonth: 0.3,
    dashboardMonth: 3,
    request: 0.01 / 1000,
    logGb: 0.5,
  },
} as const;

/** What each account has of dear things without charge. Dashboards only if they draw no more than so many metrics. */
export const FREE = { alarms: 10, metrics: 10, dashboards: 3, drawnMetrics: 50 } as const;
