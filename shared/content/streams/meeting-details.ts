import { ConfigurationError } from '../../errors.ts';
import type { Day } from '../../model/day.ts';
import type { ListedRow } from '../../model/listed-row.ts';
import type { Permission } from '../../model/permission.ts';
import { fieldsOf, textAt } from '../../model/raw-row.ts';
import type { ContentContext } from '../content-context.ts';
import { uuidInPath } from '../listings.ts';
import { readWholeList } from '../read-list.ts';

const PAGE_SIZE = 300;

/** No such meeting, no access to it, or one of more than a year ago. */
const NO_SUCH_MEETING = [3001, 1010, 12702];

const DETAILS: Permission = {
  scope: { granular: 'meeting:read:list_past_participants:admin', classic: 'meeting:read:admin' },
  rolePrivilege: 'User Management > Meetings (view)',
};

/** A row about a meeting beside that of the meeting itself. */
export interface MeetingDetail {
  readonly kind: 'participant' | 'poll' | 'qa';
  readonly found: ListedRow;
}

/** Participants, polls and questions of a meeting are three lists. */
export const REQUESTS_PER_MEETING = 3;

/** Who took part in a meeting, its polls and its questions. A meeting of which Zoom has no details has none. */
export const readDetails = async (
  context: ContentContext,
  uuid: string,
  day: Day,
  signal: AbortSignal,
): Promise<MeetingDetail[]> => {
  const { source, listings, beforeRequest } = context;
  const base = {
    query: {},
    label: 'medium',
    permission: DETAILS,
    source,
    absentCodes: NO_SUCH_MEETING,
  } as const;
  const path = `/past_meetings/${uuidInPath(uuid)}`;
  const participants = await readWholeList(
    listings,
    {
      ...base,
      path: `${path}/participants`,
      rowsField: 'participants',
      pageSize: PAGE_SIZE,
      what: `the participants of a meeting of ${day} (source ${source})`,
    },
    (row, index) => `${index} ${textAt(row, 'id')} ${textAt(row, 'join_time')}`,
    context.clock,
    signal,
    beforeRequest('medium'),
  );
  const details: MeetingDetail[] = participants.rows.map((found) => ({ kind: 'participant', found }));
  for (const [kind, name] of [
    ['poll', 'polls'],
    ['qa', 'qa'],
  ] as const) {
    const found = await optional(
      listings.one(
        { ...base, path: `${path}/${name}`, what: `the ${name} of a meeting of ${day} (source ${source})` },
        signal,
        beforeRequest('medium'),
      ),
    );
    const questions = fieldsOf(found?.row)?.['questions'];
    if (found && Array.isArray(questions) && questions.length > 0) details.push({ kind, found });
  }
  return details;
};

/** Polls and questions need scopes of their own, which many apps do not have: a refusal leaves them out. */
const optional = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ConfigurationError && error.scope === 'stream') return undefined;
    throw error;
  }
};
