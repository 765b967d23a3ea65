import { z } from 'zod';
import { type Answer, json } from './response.ts';
import type { Call } from './call.ts';
import type { Simulator } from './simulator.ts';
import { type AccountState, AccountStateSchema } from './options.ts';
import { STREAM_NAMES, type StreamName } from './row-store.ts';

export const CONTROL_PATH = '/_simulator/';

const RowsSchema = z.array(
  z.strictObject({
    stream: z.enum(STREAM_NAMES as [StreamName, ...StreamName[]]),
    row: z.unknown().optional(),
    json: z.string().optional(),
    day: z.iso.date().optional(),
    visibleFrom: z.iso.datetime({ offset: true }).optional(),
  }),
);

const ClockSchema = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.number().optional(),
  speed: z.number().min(0).optional(),
});

const FaultsSchema = z.strictObject({
  clear: z.boolean().optional(),
  set: z.array(z.string()).optional(),
  arm: z.array(z.string()).optional(),
});

const RowFilterSchema = z.strictObject({
  account: z.string().optional(),
  stream: z.enum(STREAM_NAMES as [StreamName, ...StreamName[]]).optional(),
  day: z.iso.date().optional(),
  all: z.enum(['0', '1']).optional(),
});

/** The control API of a simulator over HTTP, for tests that run it as a separate process. README.md describes it. */
export const createControl = (simulator: Simulator): ((call: Call) => Answer) => {
  const routes: Readonly<Record<string, (call: Call, rest: string) => Answer>> = {
    'GET health': () => json(200, { status: 'ok', now: simulator.clock.now() }),

    'GET requests': () => json(200, simulator.requests()),

    'GET rows': ({ query }) => {
      const { account, stream, day, all } = RowFilterSchema.parse(Object.fromEntries(query));
      const texts = simulator.rowTexts({ accountId: account, stream, day, all: all === '1' });
      return {
        status: 200,
        headers: { 'content-type': 'application/x-ndjson' },
        // Line ends occur only between the parts of a row: JSON strings have none.
        body: texts.map((text) => `${text.replaceAll(/[\r\n]/g, ' ')}\n`).join(''),
      };
    },

    'POST rows': ({ query, body }) => {
      const rows = RowsSchema.parse(JSON.parse(body));
      simulator.addRows(rows, query.get('account') ?? undefined);
      return json(200, { added: rows.length });
    },

    'POST clock': ({ body }) => {
      const { now, advanceMs, speed } = ClockSchema.parse(JSON.parse(body));
      if (now !== undefined) simulator.clock.set(now);
      if (advanceMs !== undefined) simulator.clock.advance(advanceMs);
      if (speed !== undefined) simulator.clock.run(speed);
      return json(200, { now: simulator.clock.now() });
    },

    'GET faults': () => json(200, { active: simulator.faults.active() }),

    'POST faults': ({ body }) => {
      const { clear = false, set, arm = [] } = FaultsSchema.parse(JSON.parse(body));
      if (clear) simulator.faults.clear();
      if (set) simulator.faults.set(...set);
      for (const spec of arm) simulator.faults.arm(spec);
      return json(200, { active: simulator.faults.active() });
    },

    'POST accounts': ({ body }, accountId) => {
      const change = z.looseObject({}).parse(JSON.parse(body)) as Partial<AccountState>;
      simulator.account(accountId).update(change);
      return json(
        200,
        AccountStateSchema.omit({ clientSecret: true }).strip().parse(simulator.account(accountId).state),
      );
    },
  };

  return (call) => {
    const [name = '', rest = ''] = call.path.slice(CONTROL_PATH.length).split('/');
    const route = routes[`${call.method} ${name}`];
    if (!route) return json(404, { error: `Known: ${Object.keys(routes).join(', ')}.` });
    try {
      return route(call, decodeURIComponent(rest));
    } catch (error) {
      return json(400, { error: error instanceof z.ZodError ? z.prettifyError(error) : String(error) });
    }
  };
};
