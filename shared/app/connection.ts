import { SecretGrants } from '../aws/secret-grants.ts';
import type { ErasableStore } from '../collect/ports.ts';
import type { ConnectionContext } from '../connect/ports.ts';
import type { SourceConfig } from '../model/source-config.ts';
import { createHttpTransport } from '../zoom/http-transport.ts';
import { KnownSecrets } from '../zoom/known-secrets.ts';
import { Pacer } from '../zoom/pacer.ts';
import { type AwsOptions, openCollectQueue, secretOf, storeIn } from './aws-resources.ts';
import { ZOOM_TIMEOUT_MS } from './deployed.ts';

/** The AWS resources that connecting a deployed source reads and writes. */
export interface SourceResources {
  readonly bucket: string;
  /** Name or ARN. */
  readonly secretId: string;
  readonly queueUrl: string;
}

/**
 * The dependencies for connecting a deployed source: for the callback, which has the resources from its environment, and for the
 * command line, which has them from the outputs of the stack.
 */
export const openConnectionContext = (
  source: SourceConfig,
  { bucket, secretId, queueUrl }: SourceResources,
  options: AwsOptions,
): ConnectionContext & { readonly store: ErasableStore; close: () => Promise<void> } => {
  const { clock, random } = options;
  const { transport, close } = createHttpTransport(ZOOM_TIMEOUT_MS, options.proxies);
  const secrets = secretOf(source.name, secretId, options);
  const queue = openCollectQueue(queueUrl, options);
  return {
    source,
    secrets,
    secretId,
    grants: new SecretGrants(secrets),
    store: storeIn({ bucket, prefix: '' }, options),
    transport,
    retryContext: {
      clock,
      random,
      pacer: new Pacer(clock, source.requestsPerSecond),
      knownSecrets: new KnownSecrets(),
    },
    requestPoll: (name) => queue.send([{ poll: name }]),
    close,
  };
};
