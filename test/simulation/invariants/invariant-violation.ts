/** What the product promises and a world saw broken. */
export class InvariantViolation extends Error {
  readonly invariant: string;

  constructor(invariant: string, detail: string) {
    super(detail);
    this.name = 'BrokenPromise';
    this.invariant = invariant;
  }
}

/** Ends a world that broke a promise. */
export type Violate = (invariant: string, detail: string) => void;
