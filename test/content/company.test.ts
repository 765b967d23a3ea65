import { expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { collectCompany } from './company.ts';

it('holds every file version once, and closes each day with the true figures, through faults, kills and races', async () => {
  const result = await collectCompany({
    seed: 7,
    people: 15,
    meetings: 60,
    files: 220,
    faultRate: 0.15,
    collectors: 3,
    kills: 6,
    out: temporaryFolder(),
  });

  expect(result).toMatchObject({ missing: [], invented: [], storedTwice: 0, wrongDays: [], closedDays: 28 });
  expect(result.held).toBe(result.versions);
}, 180_000);
