import { expect, it } from '@jest/globals';
import { VERDICTS, WELL } from '../../../shared/health/verdict.ts';

it('only three verdicts need no action', () => {
  expect(VERDICTS.filter((verdict) => WELL.has(verdict))).toEqual(['flowing', 'quiet', 'not_connected']);
  expect(VERDICTS.filter((verdict) => !WELL.has(verdict))).toEqual([
    'silent',
    'not_running',
    'unauthorized',
    'throttled',
    'zoom_failing',
    'not_delivering',
    'not_parsing',
  ]);
});
