import { DAY_MS } from '../shared/model/duration.ts';
import { generateCompany, startSimulator } from '../simulator/index.ts';

/**
 * A simulated Zoom in a separate process, in real time: `days` days up to the fourth before today, with `rows` rows in total. Today
 * has an event each second, visible immediately. Prints its address. Arguments: rows, days.
 */
const [, , rows = '0', days = '0'] = process.argv;
/** Later days belong to the live polls, not to the back-fill. */
const LAST_DAY_BEFORE = 4;
const dayBefore = (back: number): string => new Date(Date.now() - back * DAY_MS).toISOString().slice(0, 10);

const simulator = await startSimulator({ limits: { perDay: 'off' }, tooOld: 'empty' });
simulator.addRows(
  generateCompany({
    seed: 1,
    from: dayBefore(Number(days)),
    to: dayBefore(LAST_DAY_BEFORE),
    rowsPerDay: (1.02 * Number(rows)) / (Number(days) - LAST_DAY_BEFORE + 1),
    weekends: 1,
    lateness: 'none',
  }),
);
setInterval(() => {
  const time = new Date().toISOString().replace(/\.\d+Z/, 'Z');
  simulator.addRows([
    {
      stream: 'activity',
      row: {
        email: 'noor.van.aalst@quillmere.example',
        time,
        type: 'Sign in',
        ip_address: '198.51.100.23',
        client_type: 'Browser',
        version: '-',
      },
    },
  ]);
}, 1000);
process.stdout.write(
  `${JSON.stringify({ apiUrl: simulator.apiUrl, oauthUrl: simulator.oauthUrl, rows: simulator.rows().length })}\n`,
);
