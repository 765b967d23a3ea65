import type { ConnectionContext } from './ports.ts';

/** Asks for the first collection. False if that failed: the connection stands, and the next scheduled poll is the first. */
export const requestFirstPoll = async ({
  requestPoll,
  source,
}: Pick<ConnectionContext, 'requestPoll' | 'source'>): Promise<boolean> =>
  requestPoll(source.name).then(
    () => true,
    () => false,
  );
