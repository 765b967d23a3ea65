import { afterAll, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { anOperation } from '../support/builders/rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOW = '2026-11-20T12:00:00Z';
const TODAY = '2026-11-20';

const zooms: Simulator[] = [];
afterAll(() => Promise.all(zooms.map((zoom) => zoom.close())));

/** A Zoom whose list of today has a hundred pages. */
const aLongDay = async (): Promise<Simulator> => {
  const zoom = await startSimulator({ now: NOW, speed: 0 });
  zoom.addRows(
    Array.from({ length: 30_000 }, (_, index) => ({
      stream: 'operation' as const,
      row: anOperation({ time: `${TODAY}T09:00:00Z`, operation_detail: `Change ${index}` }),
    })),
  );
  zooms.push(zoom);
  return zoom;
};

const reportsAsked = (zoom: Simulator): number => {
  const { operation = {}, activity = {} } = zoom.requests().byEndpoint;
  return [...Object.values(operation), ...Object.values(activity)].reduce((sum, count) => sum + count, 0);
};

describe('--requests-per-day', () => {
  it.each([
    ['collect', ['--from', TODAY, '--to', TODAY], 7],
    ['poll', [], 10],
  ])(
    'holds within one listing of %s, which says which days are left, and exits 1',
    async (command, args, most) => {
      const zoom = await aLongDay();
      const out = temporaryFolder();

      const run = [command, ...args, '--out', out, '--now', NOW, '--requests-per-day', '10'];
      const { code, stdout } = await zoomLogSource(run, { environment: environmentFor(zoom) });

      expect(reportsAsked(zoom)).toBe(most);
      expect(stdout).toMatch(
        /LATER zoom operation log, .*2026-11-20:\n {2}The daily request budget .* Rows read so far are kept\./,
      );
      expect(code).toBe(1);
    },
  );
});
