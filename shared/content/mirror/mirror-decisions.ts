import * as z from 'zod';
import { jsonBytes, parseJson } from '../../collect/state/state-file.ts';
import type { ObjectStore } from '../../collect/ports.ts';
import { mirrorDecisionKey, mirrorDecisionsPrefix } from '../../contract/object-keys.ts';
import { ConfigurationError } from '../../errors.ts';

/** The version of this form. */
const FORM = 1;

const common = {
  form: z.literal(FORM),
  at: z.iso.datetime(),
  by: z.string(),
  /** The departures that the operator saw, and released from the brake: see `departureOf`. */
  departures: z.array(z.string()),
};

const DecisionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mode'), ...common, mode: z.enum(['archive', 'mirror']) }),
  z.object({ kind: z.literal('release'), ...common }),
]);

/** What an operator decided about the mirror of a source: its mode, or that a brake is released. */
type RecordedDecision = z.output<typeof DecisionSchema>;

/** A decision that is to be recorded. */
export type OperatorDecision =
  | Omit<Extract<RecordedDecision, { kind: 'mode' }>, 'form'>
  | Omit<Extract<RecordedDecision, { kind: 'release' }>, 'form'>;

/** The decisions of a source so far. */
export interface MirrorDecisions {
  /** A source of which nothing was decided is an archive. */
  readonly mode: 'archive' | 'mirror';
  readonly released: ReadonlySet<string>;
  /** How many were recorded. */
  readonly count: number;
}

/** Reads the decisions of a source. Throws ConfigurationError if one cannot be read: nothing is hidden then. */
export const readMirrorDecisions = async (store: ObjectStore, source: string): Promise<MirrorDecisions> => {
  const released = new Set<string>();
  let mode: MirrorDecisions['mode'] = 'archive';
  const count = (await store.list(mirrorDecisionsPrefix(source))).length;
  for (let number = 0; number < count; number += 1) {
    const key = mirrorDecisionKey(source, number);
    const bytes = await store.read(key);
    const decision = bytes && parseJson(bytes, DecisionSchema);
    if (!decision) throw damaged(key);
    if (decision.kind === 'mode') mode = decision.mode;
    for (const departure of decision.departures) released.add(departure);
  }
  return { mode, released, count };
};

const damaged = (key: string): ConfigurationError =>
  new ConfigurationError(
    'damaged-object',
    `${key} is missing or cannot be read. It says what an operator decided about the mirror, and nothing is hidden without it. ` +
      `Restore it from a copy.`,
  );

/** Records a decision under the next number. Each is written once and never changed. */
export const recordMirrorDecision = async (
  store: ObjectStore,
  source: string,
  decision: OperatorDecision,
): Promise<void> => {
  const body = jsonBytes({ form: FORM, ...decision });
  for (let { count: number } = await readMirrorDecisions(store, source); ; number += 1) {
    const key = mirrorDecisionKey(source, number);
    if (await store.create(key, body, {})) return;
    // An earlier attempt of ours may have stored it, and its response was lost.
    if ((await store.read(key))?.equals(body)) return;
  }
};
