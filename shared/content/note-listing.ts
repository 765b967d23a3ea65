import type { ContentSlice } from '../model/slice.ts';
import { RowRouter, type RouterContext } from './row-router.ts';
import { type ContentSliceState, newState, readContentState, writeContentState } from './slice-state.ts';
import type { SweepResult } from './sweep.ts';

/** Notes in the state of a slice how many rows it has, and that all of its units were read whole, if they were. */
export const noteListing = async (
  context: RouterContext,
  slice: ContentSlice,
  { beganAt, endedAt, units, rows }: Pick<SweepResult, 'beganAt' | 'endedAt' | 'units' | 'rows'>,
  isWhole: boolean,
): Promise<ContentSliceState> => {
  const { store, clock } = context;
  const before = (await readContentState(store, slice)) ?? newState(clock.now());
  const state: ContentSliceState = {
    ...before,
    rows: await new RowRouter(context, slice.stream).rowsOf(slice.day),
    ...(isWhole && {
      lastWhole: { beganAt: beganAt.toISOString(), endedAt: endedAt.toISOString(), units, rows },
    }),
  };
  await writeContentState(store, slice, state);
  return state;
};
