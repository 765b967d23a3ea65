/**
 * AWS's published on-demand prices in dollars, without the free tier. They are entered by hand: compare them with
 * https://aws.amazon.com/pricing/ before you rely on them.
 */
export const PRICES_OF = { region: 'us-east-1', date: '2025-01-01' } as const;

const MILLION = 1_000_000;

/** Prices per unit. */
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

/** The free tier of an account. Dashboards are free only up to a number of metrics. */
export const FREE = { alarms: 10, metrics: 10, dashboards: 3, drawnMetrics: 50 } as const;
