import type { Control, Direction, OperationDetail } from './operation-detail.ts';

/** The controls of a detail's changes, each list sorted; an empty one is absent. */
export interface Controls {
  readonly controls?: Control[];
  /** Those that a change weakened. */
  readonly weakened?: Control[];
  /** Those whose lock a change opened, so that users and groups can change them. */
  readonly unlocked?: Control[];
}

/** The controls that a detail changes, without settings of no control. Only a detail with one possible reading says: users write into the others. */
export const controlsIn = ({ status, changes }: OperationDetail): Controls => {
  if (status !== 'full' || !changes) return {};
  const found = new Set<Control>();
  const weakened = new Set<Control>();
  const unlocked = new Set<Control>();
  const byDirection: Partial<Record<Direction, Set<Control>>> = { weakened, unlocked };
  for (const { control, direction } of changes) {
    if (control === undefined || (control === 'other' && direction === 'changed')) continue;
    found.add(control);
    if (direction) byDirection[direction]?.add(control);
  }
  return {
    ...(found.size > 0 && { controls: [...found].sort() }),
    ...(weakened.size > 0 && { weakened: [...weakened].sort() }),
    ...(unlocked.size > 0 && { unlocked: [...unlocked].sort() }),
  };
};
