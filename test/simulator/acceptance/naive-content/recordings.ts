import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Shared by the naive downloaders: Zoom's lists, a state file, the output folder. */
export interface RecordingFile {
  readonly id?: string;
  readonly file_type: string;
  readonly file_extension: string;
  readonly file_size?: number;
  readonly status?: string;
  readonly download_url: string;
}

export interface Recording {
  readonly uuid: string;
  readonly topic: string;
  readonly start_time: string;
  readonly recording_files: readonly RecordingFile[];
}

const env = (name: string): string => process.env[name] ?? '';

export const today = env('ACCEPTANCE_NOW').slice(0, 10);
export const firstDay = env('ACCEPTANCE_FIRST_DAY');

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

export const authorization = `Bearer ${await token()}`;

/** One page of a list. */
export const getPage = async <Page>(path: string, query: Readonly<Record<string, string>>): Promise<Page> => {
  const url = `${env('ZOOM_API_URL')}${path}?${new URLSearchParams(query).toString()}`;
  const response = await fetch(url, { headers: { authorization } });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as Page;
};

/** Every page of a list. */
export const all = async <Row>(
  path: string,
  field: string,
  query: Readonly<Record<string, string>>,
): Promise<Row[]> => {
  const rows: Row[] = [];
  let token = '';
  do {
    const page = await getPage<Record<string, unknown>>(path, {
      ...query,
      page_size: '300',
      next_page_token: token,
    });
    rows.push(...(page[field] as Row[]));
    token = String(page['next_page_token']);
  } while (token !== '');
  return rows;
};

const stateFile = (name: string): string => join(env('ACCEPTANCE_STATE'), name);

export const load = <T>(name: string, fallback: T): T =>
  existsSync(stateFile(name)) ? (JSON.parse(readFileSync(stateFile(name), 'utf8')) as T) : fallback;

export const save = (name: string, value: unknown): void =>
  writeFileSync(stateFile(name), JSON.stringify(value));

/** Where a file of this name goes. */
export const output = (name: string): string =>
  join(env('ACCEPTANCE_OUTPUT'), name.replaceAll(/[^\w.-]/g, '_').slice(-120));

/** The part of a file that is there already. */
export const unfinished = (name: string): string => stateFile(`${name}.part`);
