/**
 * The duration of an invocation, from measured CPU time and three assumptions: Lambda's share of a core, and the latency of Zoom
 * and of S3. All waits are counted as sequential.
 */

/** The memory at which Lambda provides one core. */
const MIB_A_CORE = 1769;

/** The assumed latency of Zoom and of S3. */
export const ZOOM_MS = 150;
export const S3_MS = 20;

export interface Invocation {
  /** CPU time on a core of this machine. */
  readonly cpuMs: number;
  readonly zoomRequests: number;
  readonly storeCalls: number;
}

/** The milliseconds that Lambda would charge, for one or many invocations. */
export const billedMs = ({ cpuMs, zoomRequests, storeCalls }: Invocation, memoryMib: number): number =>
  cpuMs / Math.min(1, memoryMib / MIB_A_CORE) + zoomRequests * ZOOM_MS + storeCalls * S3_MS;
