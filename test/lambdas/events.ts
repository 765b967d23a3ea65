/** What EventBridge sends on a schedule. */
export const aSchedule = (): unknown => ({
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time: '2026-11-20T12:00:00Z',
  region: 'us-east-1',
  resources: ['arn:aws:events:us-east-1:123456789012:rule/poll'],
  detail: {},
});

/** What SQS sends: one record for each body. */
export const messages = (...bodies: readonly unknown[]): unknown => ({
  Records: bodies.map((body, index) => ({
    messageId: `message-${index}`,
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1545082649183',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1545082649185',
    },
    messageAttributes: {},
    md5OfBody: '098f6bcd4621d373cade4e832627b4f6',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:collect',
    awsRegion: 'us-east-1',
  })),
});

/** What an HTTP API sends, payload 2.0. */
export const aRequest = (rawPath: string, rawQueryString = '', method = 'GET'): unknown => ({
  version: '2.0',
  routeKey: 'GET /oauth/callback/{source}',
  rawPath,
  rawQueryString,
  headers: { accept: 'text/html', host: 'abc123.execute-api.us-east-1.amazonaws.com' },
  queryStringParameters: Object.fromEntries(new URLSearchParams(rawQueryString)),
  requestContext: {
    accountId: '123456789012',
    apiId: 'abc123',
    domainName: 'abc123.execute-api.us-east-1.amazonaws.com',
    http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'a browser' },
    requestId: 'JKJaXmPLvHcESHA=',
    routeKey: 'GET /oauth/callback/{source}',
    stage: '$default',
    time: '20/Nov/2026:12:00:00 +0000',
    timeEpoch: 1795176000000,
  },
  pathParameters: { source: 'acme' },
  isBase64Encoded: false,
});
