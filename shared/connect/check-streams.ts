import { ConfigurationError } from '../errors.ts';
import { dayOf } from '../model/day.ts';
import { endpointsOf, type SourceConfig } from '../model/source-config.ts';
import { STREAMS, type StreamName } from '../model/stream.ts';
import type { AccessTokens } from '../zoom/access-token.ts';
import { readPage } from '../zoom/page-text.ts';
import { ZoomClient } from '../zoom/zoom-client.ts';
import type { ConnectionContext } from './ports.ts';

/** Whether a stream can be read; if not, why (`scope-missing`, `role-too-weak` …), as a word and as a sentence. */
export type StreamCheck =
  | { readonly stream: StreamName; readonly readable: true }
  | {
      readonly stream: StreamName;
      readonly readable: false;
      /** `unknown`: Zoom gave no clear response. The next poll will. */
      readonly reason: string;
      readonly message: string;
    };

/** A client for Zoom's API with some tokens, as a source is configured. */
export const clientFor = (
  {
    source,
    transport,
    retryContext,
  }: Pick<ConnectionContext, 'transport' | 'retryContext'> & {
    readonly source: Pick<SourceConfig, 'host'>;
  },
  tokens: AccessTokens,
): ZoomClient => new ZoomClient(transport, tokens, retryContext, endpointsOf(source).apiUrl);

/**
 * Requests one row of today's report of each stream: only this shows what a scope or a role forbids. Never throws: a stream
 * that could not be checked is `unknown`.
 */
export const checkStreams = async (
  connection: ConnectionContext,
  tokens: AccessTokens,
  signal: AbortSignal,
): Promise<StreamCheck[]> => {
  const client = clientFor(connection, tokens);
  const today = dayOf(connection.retryContext.clock.now());
  const checkOne = async (stream: StreamName): Promise<StreamCheck> => {
    const { path, title } = STREAMS[stream];
    const query = { from: today, to: today, page_size: '1' };
    const subject = { what: `the ${title}`, stream };
    try {
      await client.get(path, query, (body) => readPage(body, STREAMS[stream], 1), subject, signal);
      return { stream, readable: true };
    } catch (error) {
      const reason = error instanceof ConfigurationError ? error.reason : 'unknown';
      const message = error instanceof Error ? error.message : 'no response';
      return { stream, readable: false, reason, message };
    }
  };
  return Promise.all(connection.source.streams.map(checkOne));
};
