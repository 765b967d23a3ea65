type Write = (message: string, fields: Readonly<Record<string, unknown>>) => void;

/**
 * The log of a process, one line per call. `info`: no problem. `warn`: nothing is lost, it recovers. `error`: an operator
 * must act.
 */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}
