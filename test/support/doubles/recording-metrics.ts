import type { MetricName } from '../../../shared/contract/metrics.ts';
import type { MetricRecorder, MetricSubject } from '../../../shared/runtime/metrics.ts';

/** Recorded values, by the subject: `acme`, or `acme operation`. */
export type RecordedMetrics = Readonly<
  Record<string, Partial<Record<MetricName, number | readonly number[]>>>
>;

/** A recorder that keeps the values of each write in memory. */
export class RecordingMetrics implements MetricRecorder {
  readonly written: RecordedMetrics[] = [];
  #recorded: Record<string, Partial<Record<MetricName, number | readonly number[]>>> = {};

  readonly record = (
    name: MetricName,
    value: number | readonly number[],
    { source, stream }: MetricSubject,
  ): void => {
    const subject = [source, stream].filter((part) => part !== undefined).join(' ');
    this.#recorded[subject] = { ...this.#recorded[subject], [name]: value };
  };

  readonly write = (): void => {
    this.written.push(this.#recorded);
    this.#recorded = {};
  };
}
