/**
 * How long an invocation takes, by what was measured of it here and three figures that cannot be: what part of a core
 * Lambda gives, and how long Zoom and S3 take to answer. All waits are counted as if one came after the other.
 */

/** Memory at which Lambda gives one whole core. */
const MIB_A_CORE = 1769;

/** How long an answer of Zoom takes, and one of S3. Assumed. */
export const ZOOM_MS = 150;
export const S3_MS = 20;

export interface Invocation {
  /** On a core of this machine. */
  readonly cpuMs: number;
  readonly zoomRequests: number;
  readonly storeCalls: number;
}

/** Milliseconds that Lambda would charge for, of one invocation or of many together. */
export const billedMs = ({ cpuMs, zoomRequests, storeCalls }: Invocation, memoryMib: number): number =>
  cpuMs / Math.min(1, memoryMib / MIB_A_CORE) + zoomRequests * ZOOM_MS + storeCalls * S3_MS;
