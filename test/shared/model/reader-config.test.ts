import { expect, it } from '@jest/globals';
import { ReaderConfigSchema } from '../../../shared/model/reader-config.ts';

it.each([
  [{ externalId: 5 }, 'must be 16 characters or more of A-Z a-z 0-9 + = , . @ : / _ -'],
  [{ externalId: true }, 'must be 16 characters or more of A-Z a-z 0-9 + = , . @ : / _ -'],
  [
    { sentinelWorkspaceId: 'mine' },
    'must be the id of a Log Analytics workspace, such as 1234abcd-12ab-34cd-56ef',
  ],
  [{ roleName: 'my role' }, 'must be 1 to 64 letters, digits and + = , . @ _ -'],
])('an invalid reader is refused with the allowed values: %j', (fields, words) => {
  const { error } = ReaderConfigSchema.safeParse({ name: 'siem', ...fields });

  expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
});
