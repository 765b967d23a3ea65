/** An invariant of the product, and how a world broke it. */
export class InvariantViolation extends Error {
  readonly invariant: string;

  constructor(invariant: string, detail: string) {
    super(detail);
    this.name = 'BrokenPromise';
    this.invariant = invariant;
  }
}

/** Ends a world that broke an invariant. */
export type Violate = (invariant: string, detail: string) => void;
