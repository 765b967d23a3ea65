import { describe, expect, it } from '@jest/globals';
import { quotaOf } from '../../../shared/zoom/quota.ts';
import { operationRows, aZoom, pagesOf, wired } from '../../support/zoom.ts';

const headers = (type: string, limit: string, remaining: string): Record<string, string> => ({
  'x-ratelimit-type': type,
  'x-ratelimit-limit': limit,
  'x-ratelimit-remaining': remaining,
});

describe('the quota of the day', () => {
  it.each([
    [headers('Daily-limit', '60000', '59999'), { limit: 60_000, remaining: 59_999, day: '2026-11-20' }],
    [headers('daily-LIMIT', '1000', '0'), { limit: 1000, remaining: 0, day: '2026-11-20' }],
    [headers('QPS', '40', '39'), undefined],
    [headers('Daily-limit', 'many', '5'), undefined],
    [headers('Daily-limit', '0', '0'), undefined],
    [headers('Daily-limit', '5', '-1'), undefined],
    [{ 'x-ratelimit-type': 'Daily-limit' }, undefined],
    [{ 'x-ratelimit-category': 'Heavy' }, undefined],
    [{}, undefined],
  ])('in %j is %j', (given, expected) => {
    expect(quotaOf(given, new Date('2026-11-20T12:00:00Z'))).toEqual(expected);
  });

  it('is that of the last response', async () => {
    const zoom = await aZoom({ accounts: [{ rows: operationRows(650) }], limits: { perDay: 100 } });
    const listing = wired(zoom);

    await pagesOf(listing);

    expect(listing.client.quota).toMatchObject({ limit: 100, remaining: 97 });
  });
});
