import { expect, it } from '@jest/globals';
import { toDate } from '../../../shared/model/epoch-time.ts';

const LAST = Date.UTC(10_000, 0) - 1;

it.each([0, 1_763_000_000_123, LAST])('%d milliseconds are an instant', (ms) => {
  expect(toDate(ms)?.getTime()).toBe(ms);
});

it.each([-1, 0.5, LAST + 1, Number.NaN, Infinity, 2 ** 60, '5', '', true, null, undefined, {}, []])(
  '%j is no instant',
  (value) => {
    expect(toDate(value)).toBeUndefined();
  },
);
