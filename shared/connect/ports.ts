import type { ObjectStore } from '../collect/ports.ts';
import type { SourceConfig } from '../model/source-config.ts';
import type { SourceSecret } from '../model/source-secret.ts';
import type { Grant, GrantStore } from '../zoom/authorized-grant.ts';
import type { HttpTransport } from '../zoom/http-transport.ts';
import type { RetryContext } from '../zoom/with-retries.ts';

/** What connecting reads and writes of a source's secret. */
export type ConnectionSecret = Omit<SourceSecret, 'grant'> & { grant?: Grant | undefined };

/** The secret of one source, for any number of readers and writers. */
export interface SecretStore {
  /** Throws ConfigurationError if the secret is missing or is not of its form: which one, and how to set it. */
  read(): Promise<{ readonly secret: ConnectionSecret }>;
  /**
   * Stores what `edit` makes of the secret as it stands. If somebody has got in between, `edit` is asked again; of any number
   * of writers who were shown one secret, one succeeds. False, and nothing stored, if `edit` gives undefined. One that is not
   * of its form is refused as by `read`, or else shown as an empty one, to be replaced.
   */
  change(
    edit: (secret: ConnectionSecret) => ConnectionSecret | undefined,
    malformed?: 'refuse' | 'replace',
  ): Promise<boolean>;
}

/** Has a source collected from now rather than at its next scheduled poll. */
export type RequestPoll = (source: string) => Promise<void>;

/** `size` bytes that nobody can foretell: node:crypto's randomBytes. */
export type RandomBytes = (size: number) => Buffer;

/** What connecting a source to its Zoom account works with. */
export interface ConnectionContext {
  readonly source: Pick<SourceConfig, 'name' | 'host' | 'streams' | 'accountId'>;
  readonly secrets: SecretStore;
  /** The name or ARN of that secret: it marks the states that we issue. */
  readonly secretId: string;
  /** The grant within that secret. */
  readonly grants: GrantStore;
  /** Where events are delivered to; the source is tied to its Zoom account there. */
  readonly store: ObjectStore;
  readonly transport: HttpTransport;
  readonly retryContext: RetryContext;
  readonly requestPoll: RequestPoll;
}
