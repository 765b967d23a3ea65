import { describe, expect, it } from '@jest/globals';
import { OCSF_ADDRESS } from '../../../shared/normalize/email.ts';
import { ACTIVITIES, EXACT_ENTITY_ACTIVITIES } from '../../../shared/normalize/ocsf-activity.ts';
import { OCSF_DIALECTS } from '../../../shared/normalize/ocsf-dialect.ts';

describe('OCSF 1.8.0', () => {
  it('takes all that we write', () => {
    expect(OCSF_DIALECTS['1.8.0']).toStrictEqual({
      profiles: ['datetime'],
      email: OCSF_ADDRESS,
      hasTypedEntities: true,
      substitutes: new Map(),
    });
  });
});

describe('OCSF 1.1.0', () => {
  it('needs a profile for actors, has no typed entities and no groups that come or go, and limits texts', () => {
    expect(OCSF_DIALECTS['1.1.0']).toMatchObject({
      profiles: ['datetime', 'host'],
      hasTypedEntities: false,
      substitutes: new Map([
        [ACTIVITIES.createGroup, ACTIVITIES.createEntity],
        [ACTIVITIES.deleteGroup, ACTIVITIES.deleteEntity],
        ...Object.values(EXACT_ENTITY_ACTIVITIES).map((exact) => [exact, ACTIVITIES.updateEntity] as const),
        [ACTIVITIES.unlockAccount, ACTIVITIES.otherAccount],
      ]),
      longestText: 65_535,
    });
  });

  it.each([
    ['ann.b+c_d-e@eu.acme.test', true],
    ['ann@acme.test!', false],
    ['a%b@acme.test', false],
    ['%ann@acme.test', false],
    ['ann@acme_test', false],
  ])('takes %s for an address: %s', (text, expected) => {
    expect(OCSF_DIALECTS['1.1.0'].email.test(text)).toBe(expected);
  });
});
