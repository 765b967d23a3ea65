type Write = (message: string, fields: Readonly<Record<string, unknown>>) => void;

/**
 * Where a process says what it does, one line a call. `info`: all is well. `warn`: nothing is lost, it recovers. `error`:
 * somebody must act.
 */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}
