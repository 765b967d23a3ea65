import type { ObjectStore } from '../../shared/collect/ports.ts';

/** What is remembered with the time that it happened at: runs, alarms, and until when Zoom accepts no request. */
const REMEMBERED = ['_state/runs/', '_state/health/', '_state/budget/'];

const INSTANT = /"(\d{4}-\d{2}-\d{2}T[\d:.]+Z)"/g;

/** Makes all that is remembered of a source so much older, as though that time had passed since. */
export const letTimePass = async (store: ObjectStore, source: string, ms: number): Promise<void> => {
  const listed = await Promise.all(REMEMBERED.map((prefix) => store.list(prefix)));
  const ofSource = listed.flat().filter(({ key }) => /source=([a-z0-9-]+)/.exec(key)?.[1] === source);
  await Promise.all(
    ofSource.map(async ({ key }) => {
      const text = (await store.read(key))?.toString('utf8') ?? '';
      const older = text.replaceAll(INSTANT, (_, at: string) =>
        JSON.stringify(new Date(new Date(at).getTime() - ms).toISOString()),
      );
      await store.replace(key, Buffer.from(older));
    }),
  );
};
