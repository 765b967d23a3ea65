import * as z from 'zod';
import { readJson, writeJson } from '../../collect/state/state-file.ts';
import type { ObjectStore } from '../../collect/ports.ts';
import { mirrorStateKey } from '../../contract/object-keys.ts';
import { MirrorSchema } from '../../model/content-config.ts';
import type { MirrorDecision } from './decide-mirror.ts';

/** So many files of a brake are named; `mirror plan` names all. */
const MOST_NAMED = 20;

const MirrorStateSchema = z.object({
  at: z.iso.datetime(),
  mode: z.enum(['archive', 'mirror']),
  rules: MirrorSchema,
  hidden: z.int(),
  waiting: z.int(),
  /** How many files each hold keeps in view, by its name. */
  kept: z.record(z.string(), z.int()),
  brake: z
    .object({
      /** Since when, as far as earlier runs show. */
      since: z.iso.datetime(),
      files: z.int(),
      total: z.int(),
      /** The first of them. */
      named: z.array(
        z.object({
          stream: z.string(),
          day: z.string(),
          item: z.string(),
          topic: z.string(),
          at: z.string(),
        }),
      ),
    })
    .optional(),
});

/** What the last run of a mirror found, so that `status` need not read every day. Losing it costs a run. */
export type MirrorState = z.output<typeof MirrorStateSchema>;

/** Undefined if the source was never a mirror, or the state can't be read. */
export const readMirrorState = (store: ObjectStore, source: string): Promise<MirrorState | undefined> =>
  readJson(store, mirrorStateKey(source), MirrorStateSchema);

export const writeMirrorState = (store: ObjectStore, source: string, state: MirrorState): Promise<void> =>
  writeJson(store, mirrorStateKey(source), state);

/** The state after a decision. */
export const toMirrorState = (
  { hide, hidden, waiting, kept, brake }: MirrorDecision,
  { mode, rules }: Pick<MirrorState, 'mode' | 'rules'>,
  before: MirrorState | undefined,
  now: Date,
): MirrorState => ({
  at: now.toISOString(),
  mode,
  rules,
  hidden: hidden.length + hide.length,
  waiting: waiting.length,
  kept: Object.fromEntries(
    [...Map.groupBy(kept, ({ hold }) => hold)].map(([hold, items]) => [hold, items.length]),
  ),
  ...(brake && {
    brake: {
      since: before?.brake?.since ?? now.toISOString(),
      files: brake.items.length,
      total: brake.total,
      named: brake.items.slice(0, MOST_NAMED).map(({ slice: { stream, day }, file, gone }) => ({
        ...{ stream, day },
        item: file.item,
        topic: file.topic,
        at: gone?.at ?? '',
      })),
    },
  }),
});
