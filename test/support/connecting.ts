import { randomBytes } from 'node:crypto';
import { beginConnection, type BegunConnection } from '../../shared/connect/begin-connection.ts';
import { createState } from '../../shared/connect/connection-state.ts';
import type { ConnectionContext } from '../../shared/connect/ports.ts';
import { DEFAULT_ACCOUNT, type Simulator, type SimulatorOptions } from '../../simulator/index.ts';
import { consent } from './builders/authorization.ts';
import { MemorySecret } from './doubles/memory-secret.ts';
import { MemoryStore } from './doubles/memory-store.ts';
import { aZoom, never, wired } from './zoom.ts';

export const SOURCE = 'acme';
export const REDIRECT_URL = `https://callback.quillmere.example/oauth/callback/${SOURCE}`;

/** The name of its secret. */
export const SECRET_ID = 'zoom-log-source/acme';

/** A state of the form that the source's deployment issues, but that it did not issue. */
export const anIssuedState = (source = SOURCE, secretId = SECRET_ID): string =>
  createState({ source, secretId }, randomBytes);

/** A second company, for consents of another account. */
export const ANOTHER_ACCOUNT = 'Sim-Account-000000000002';

/** A source that is being connected to a simulator, with everything that it writes to. */
export interface Bench {
  readonly zoom: Simulator;
  readonly connecting: ConnectionContext & { readonly secrets: MemorySecret; readonly store: MemoryStore };
  readonly requestedPolls: string[];
}

/** A deployment with one source, not connected yet. */
export const aBench = async (
  options: SimulatorOptions = {},
  fields: Partial<Pick<ConnectionContext, 'requestPoll'>> = {},
): Promise<Bench> => {
  const accounts = [{}, { accountId: ANOTHER_ACCOUNT, adminEmail: 'admin@other.example' }];
  const zoom = await aZoom({ accounts, ...options });
  const { transport, retryContext } = wired(zoom);
  const secrets = new MemorySecret();
  const requestedPolls: string[] = [];
  return {
    zoom,
    requestedPolls,
    connecting: {
      source: { name: SOURCE, host: zoom.url, streams: ['operation', 'activity'] },
      secrets,
      secretId: SECRET_ID,
      grants: secrets.grants,
      store: new MemoryStore(),
      transport,
      retryContext,
      requestPoll: (source) => {
        requestedPolls.push(source);
        return Promise.resolve();
      },
      ...fields,
    },
  };
};

/** The operator runs `connect`. */
export const begin = ({ connecting: connection }: Bench): Promise<BegunConnection> =>
  beginConnection(connection, DEFAULT_ACCOUNT, REDIRECT_URL, randomBytes, never);

/** An admin consents in the browser: the query that comes back. */
export const consentedQuery = async (
  { authorizeUrl }: BegunConnection,
  accountId: string = DEFAULT_ACCOUNT.accountId,
): Promise<string> => {
  const url = new URL(authorizeUrl);
  url.searchParams.set('account_id', accountId);
  return (await consent(url)).search.slice(1);
};
