import type { ConnectionContext } from './ports.ts';

/** Requests the first collection. False if that failed: the source stays connected, and the next scheduled poll is the first. */
export const requestFirstPoll = async ({
  requestPoll,
  source,
}: Pick<ConnectionContext, 'requestPoll' | 'source'>): Promise<boolean> =>
  requestPoll(source.name).then(
    () => true,
    () => false,
  );
