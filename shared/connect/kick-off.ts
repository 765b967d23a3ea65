import type { Connecting } from './ports.ts';

/** Asks for the first collection. False if that failed: the connection stands, and the next scheduled poll is the first. */
export const kickOff = async ({ kick, source }: Pick<Connecting, 'kick' | 'source'>): Promise<boolean> =>
  kick(source.name).then(
    () => true,
    () => false,
  );
