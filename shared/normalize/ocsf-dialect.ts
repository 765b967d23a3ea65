import type { OcsfVersion } from './format.ts';
import { ACTIVITIES, EXACT_ENTITY_ACTIVITIES, type OcsfActivity } from './ocsf-activity.ts';
import { OCSF_ADDRESS } from './email.ts';
import type { OcsfEvent } from './ocsf-event.ts';

/** The differences between the releases of OCSF, as far as we use them. */
export interface OcsfDialect {
  readonly profiles: OcsfEvent['metadata']['profiles'];
  /** The pattern of `email_addr`. */
  readonly email: RegExp;
  /** Whether an entity has `type_id`, `user` and `group`. */
  readonly hasTypedEntities: boolean;
  /** Activities that the release can't express, and their replacements. */
  readonly substitutes: ReadonlyMap<OcsfActivity, OcsfActivity>;
  readonly longestText?: number;
}

export const OCSF_DIALECTS: Readonly<Record<OcsfVersion, OcsfDialect>> = {
  '1.8.0': {
    profiles: ['datetime'],
    email: OCSF_ADDRESS,
    hasTypedEntities: true,
    substitutes: new Map(),
  },
  '1.1.0': {
    // Until 1.3.x `actor` belongs to the profile `host` in most classes.
    profiles: ['datetime', 'host'],
    email: /^[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+$/,
    hasTypedEntities: false,
    // Until 1.4.0 Group Management requires a user or privileges, which the creation of a group does not have.
    substitutes: new Map([
      [ACTIVITIES.createGroup, ACTIVITIES.createEntity],
      [ACTIVITIES.deleteGroup, ACTIVITIES.deleteEntity],
      // Enabling an entity and the like came with 1.3.0, unlocking an account with 1.8.0.
      ...Object.values(EXACT_ENTITY_ACTIVITIES).map((exact) => [exact, ACTIVITIES.updateEntity] as const),
      [ACTIVITIES.unlockAccount, ACTIVITIES.otherAccount],
    ]),
    longestText: 65_535,
  },
};
