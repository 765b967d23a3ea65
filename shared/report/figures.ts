import { type EventFigures, readEventFigures } from './event-figures.ts';
import type { Period } from './period.ts';
import { readRoleFigures, type RoleFigures } from './role-figures.ts';
import type { RunQuery } from './rows.ts';
import { readSettingFigures, type SettingFigures } from './setting-figures.ts';
import { readSignInFigures, type SignInFigures } from './sign-in-figures.ts';

/** What delivered events say about a period. */
export interface Figures {
  readonly events: EventFigures;
  readonly settings: SettingFigures;
  readonly roles: RoleFigures;
  readonly signIns: SignInFigures;
}

/** Reads all figures, one query after the other. */
export const readFigures = async (runQuery: RunQuery, period: Period): Promise<Figures> => ({
  events: await readEventFigures(runQuery, period),
  settings: await readSettingFigures(runQuery, period),
  roles: await readRoleFigures(runQuery, period),
  signIns: await readSignInFigures(runQuery, period),
});
