import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Shared by the naive collectors: Zoom's reports, a state file, lines on stdout. */
export type Row = Record<string, string> & { readonly time: string };
export type StreamName = 'operation' | 'activity';

const env = (name: string): string => process.env[name] ?? '';

export const now = new Date(env('ACCEPTANCE_NOW'));
export const today = env('ACCEPTANCE_NOW').slice(0, 10);
export const firstDay = env('ACCEPTANCE_FIRST_DAY');
export const streams = env('ACCEPTANCE_STREAMS').split(' ') as StreamName[];

const REPORTS = {
  operation: { path: 'operationlogs', field: 'operation_logs' },
  activity: { path: 'activities', field: 'activity_logs' },
} as const;

const token = async (): Promise<string> => {
  const response = await fetch(`${env('ZOOM_OAUTH_URL')}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${env('ZOOM_CLIENT_ID')}:${env('ZOOM_CLIENT_SECRET')}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `grant_type=account_credentials&account_id=${env('ZOOM_ACCOUNT_ID')}`,
  });
  return ((await response.json()) as { access_token: string }).access_token;
};

/** The pages of a range of days, newest first. Throws whenever Zoom does not answer with a page. */
export async function* pages(stream: StreamName, from: string, to: string): AsyncGenerator<Row[]> {
  const { path, field } = REPORTS[stream];
  const authorization = `Bearer ${await token()}`;
  let next = '';
  do {
    const query = new URLSearchParams({ from, to, page_size: '300', next_page_token: next });
    const response = await fetch(`${env('ZOOM_API_URL')}/report/${path}?${query.toString()}`, {
      headers: { authorization },
    });
    const page = (await response.json()) as { next_page_token: string } & Record<typeof field, Row[]>;
    if (!Array.isArray(page[field])) throw new Error(`no page: ${response.status}`);
    yield page[field];
    next = page.next_page_token;
  } while (next !== '');
}

const stateFile = (name: string): string => join(env('ACCEPTANCE_STATE'), name);

export const load = <T>(name: string, fallback: T): T =>
  existsSync(stateFile(name)) ? (JSON.parse(readFileSync(stateFile(name), 'utf8')) as T) : fallback;

export const save = (name: string, value: unknown): void =>
  writeFileSync(stateFile(name), JSON.stringify(value));

export const deliver = (rows: readonly Row[]): void => {
  process.stdout.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
};
