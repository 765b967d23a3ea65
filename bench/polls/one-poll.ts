import type { Connector } from '../../shared/app/connector.ts';

/** Runs one poll that must be complete. Returns the number of delivered rows. */
export const onePoll = async (connector: Connector): Promise<number> => {
  const { outcomes, missing } = await connector.poll(new AbortController().signal);
  if (missing.length > 0) throw new Error(missing[0]?.message);
  return outcomes.reduce((sum, { delivered }) => sum + delivered, 0);
};
