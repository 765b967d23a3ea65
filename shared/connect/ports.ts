import type { ObjectStore } from '../collect/ports.ts';
import type { SourceConfig } from '../model/source-config.ts';
import type { SourceSecret } from '../model/source-secret.ts';
import type { Grant, GrantStore } from '../zoom/authorized-grant.ts';
import type { HttpTransport } from '../zoom/http-transport.ts';
import type { RetryContext } from '../zoom/with-retries.ts';

/** The part of a source's secret that connecting reads and writes. */
export type ConnectionSecret = Omit<SourceSecret, 'grant'> & { grant?: Grant | undefined };

/** The secret of one source, for any number of readers and writers. */
export interface SecretStore {
  /** Throws ConfigurationError if the secret is missing or malformed. It names the secret and how to set it. */
  read(): Promise<{ readonly secret: ConnectionSecret }>;
  /**
   * Stores the result of `edit` on the current secret. If another writer interferes, `edit` is called again; of any number of
   * writers that read one version, one succeeds. False, and nothing stored, if `edit` returns undefined. A malformed secret
   * is refused as by `read`, or passed as an empty one, to be replaced.
   */
  change(
    edit: (secret: ConnectionSecret) => ConnectionSecret | undefined,
    malformed?: 'refuse' | 'replace',
  ): Promise<boolean>;
}

/** Requests a poll of a source now, before its next scheduled one. */
export type RequestPoll = (source: string) => Promise<void>;

/** `size` unpredictable bytes: node:crypto's randomBytes. */
export type RandomBytes = (size: number) => Buffer;

/** The dependencies of connecting a source to its Zoom account. */
export interface ConnectionContext {
  readonly source: Pick<SourceConfig, 'name' | 'host' | 'streams' | 'accountId'>;
  readonly secrets: SecretStore;
  /** The name or ARN of that secret: it marks the states that we issue. */
  readonly secretId: string;
  /** The grant within that secret. */
  readonly grants: GrantStore;
  /** Where events are delivered; it also stores the link of the source to its Zoom account. */
  readonly store: ObjectStore;
  readonly transport: HttpTransport;
  readonly retryContext: RetryContext;
  readonly requestPoll: RequestPoll;
}
