import { expect, it } from '@jest/globals';
import { resultToLine } from '../../../shared/connect/log-line.ts';

it('logs a connection under the field names of every release', () => {
  const line = resultToLine(
    {
      outcome: 'connected',
      auth: 'oauth',
      accountId: 'account',
      authorizedBy: 'admin@example.com',
      pollRequested: true,
      streams: [],
    },
    'acme',
  );
  expect(line).toEqual({
    level: 'info',
    outcome: 'connected',
    source: 'acme',
    accountId: 'account',
    kicked: true,
  });
});
