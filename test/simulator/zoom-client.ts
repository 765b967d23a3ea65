import { afterEach } from '@jest/globals';
import {
  DEFAULT_ACCOUNT,
  type SimulatedRow,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
  type StreamName,
} from '../../simulator/index.ts';

/** Noon of the day of most tests; the clock is stopped. */
export const NOON = '2026-11-20T12:00:00Z';
export const TODAY = '2026-11-20';

const running: Simulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/** A simulator that is closed after the test. */
export const aSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const simulator = await startSimulator({ now: NOON, speed: 0, ...options });
  running.push(simulator);
  return simulator;
};

/** `count` operation rows of today, a minute apart, the first at midnight. */
export const someRows = (count: number, day = TODAY): SimulatedRow[] =>
  Array.from({ length: count }, (_, index) => anOperation(timeOf(index * 60, day), `row ${index}`));

export const anOperation = (time: string, detail = 'Add Group Testers'): SimulatedRow => ({
  stream: 'operation',
  row: {
    time,
    operator: 'a@quillmere.example',
    category_type: 'User Group',
    action: 'Add',
    operation_detail: detail,
  },
});

/** The time of day after so many seconds. */
export const timeOf = (seconds: number, day = TODAY): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + seconds * 1000).toISOString().replace('.000', '');

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, or undefined if it is no JSON. */
  readonly body: Record<string, unknown>;
}

const readReply = async (response: Response): Promise<Reply> => {
  const text = await response.text();
  let body = {};
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // The test looks at the text.
  }
  return { status: response.status, headers: response.headers, text, body };
};

export const basic = (
  clientId: string = DEFAULT_ACCOUNT.clientId,
  secret: string = DEFAULT_ACCOUNT.clientSecret,
) => `Basic ${btoa(`${clientId}:${secret}`)}`;

/** Asks the token endpoint (or another one under `/oauth`) with a form. */
export const postForm = async (
  { oauthUrl }: Simulator,
  form: Record<string, string>,
  { path = 'token', authorization = basic() } = {},
): Promise<Reply> =>
  readReply(
    await fetch(`${oauthUrl}/${path}`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(form),
    }),
  );

/** A Server-to-Server access token. */
export const aToken = async (
  simulator: Simulator,
  accountId: string = DEFAULT_ACCOUNT.accountId,
): Promise<string> => {
  const { body } = await postForm(simulator, { grant_type: 'account_credentials', account_id: accountId });
  return body['access_token'] as string;
};

export const get = async (
  { apiUrl }: Simulator,
  path: string,
  token: string | undefined,
  query: Record<string, string> = {},
): Promise<Reply> =>
  readReply(
    await fetch(`${apiUrl}${path}?${new URLSearchParams(query).toString()}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      redirect: 'manual',
    }),
  );

const REPORTS: Record<StreamName, string> = {
  operation: '/report/operationlogs',
  activity: '/report/activities',
};

/** A page of the operation log of today, unless the query says otherwise. */
export const getPage = (
  simulator: Simulator,
  token: string | undefined,
  query: Record<string, string> = {},
  stream: StreamName = 'operation',
): Promise<Reply> => get(simulator, REPORTS[stream], token, { from: TODAY, to: TODAY, ...query });

export const rowsOf = ({ body }: Reply): unknown[] =>
  (body['operation_logs'] ?? body['activity_logs'] ?? []) as unknown[];

export const nextTokenOf = ({ body }: Reply): string => (body['next_page_token'] ?? '') as string;

/** Every page of a listing. */
export const readPages = async (
  simulator: Simulator,
  query: Record<string, string> = {},
  stream: StreamName = 'operation',
): Promise<unknown[][]> => {
  const token = await aToken(simulator);
  const pages: unknown[][] = [];
  let next = '';
  do {
    const page = await getPage(
      simulator,
      token,
      { ...query, ...(next && { next_page_token: next }) },
      stream,
    );
    pages.push(rowsOf(page));
    next = nextTokenOf(page);
  } while (next !== '');
  return pages;
};

export const detailsOf = (rows: unknown[]): unknown[] =>
  rows.map((row) => (row as { operation_detail?: unknown }).operation_detail);

/** Rows as texts in a fixed order, to compare them as multisets. */
export const asMultiset = (rows: unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
