/** The marker lines around the CloudWatch log lines of a day. */
export const DAY_BEGINS = '--- the day begins';
export const DAY_ENDS = '--- the day ends';

export interface Logged {
  readonly lines: number;
  readonly bytes: number;
}

/** Counts the lines of the day. */
export class LogCounter {
  #isOn = false;
  #lines = 0;
  #bytes = 0;

  hear(line: string): void {
    if (line === DAY_BEGINS) this.#isOn = true;
    else if (line === DAY_ENDS) this.#isOn = false;
    else if (this.#isOn) {
      this.#lines += 1;
      this.#bytes += Buffer.byteLength(line);
    }
  }

  get logged(): Logged {
    return { lines: this.#lines, bytes: this.#bytes };
  }
}
