import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { BENCH_DAY } from './day.ts';
import { measure } from './measured.ts';

/**
 * The least that anyone must do: fetch the same pages and parse them, gzip the very bytes that ours delivered, nothing
 * else. Both at once, as ours does. Arguments: the folder that ours delivered into.
 */
const [, , delivered = ''] = process.argv;
const compress = promisify(gzip);

const objects = readdirSync(delivered, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.json.gz'))
  .map((entry) => join(entry.parentPath, entry.name));
const texts = await Promise.all(objects.map((path) => buffer(createReadStream(path).pipe(createGunzip()))));

const { ZOOM_API_URL, ZOOM_OAUTH_URL, ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET } = process.env;

const token = async (): Promise<string> => {
  const answer = await fetch(`${ZOOM_OAUTH_URL ?? ''}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${ZOOM_CLIENT_ID ?? ''}:${ZOOM_CLIENT_SECRET ?? ''}`)}` },
    body: new URLSearchParams({ grant_type: 'account_credentials', account_id: ZOOM_ACCOUNT_ID ?? '' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
};

const fetchAll = async (): Promise<number> => {
  const headers = { authorization: `Bearer ${await token()}` };
  let rows = 0;
  let next = '';
  do {
    const query = new URLSearchParams({
      from: BENCH_DAY,
      to: BENCH_DAY,
      page_size: '300',
      ...(next && { next_page_token: next }),
    });
    const answer = await fetch(`${ZOOM_API_URL ?? ''}/report/operationlogs?${query.toString()}`, { headers });
    const page = (await answer.json()) as { operation_logs: unknown[]; next_page_token: string };
    rows += page.operation_logs.length;
    next = page.next_page_token;
  } while (next !== '');
  return rows;
};

const compressAll = async (): Promise<void> => {
  for (let start = 0; start < texts.length; start += 3) {
    await Promise.all(texts.slice(start, start + 3).map((text) => compress(text)));
  }
};

await measure(async () => {
  const [rows] = await Promise.all([fetchAll(), compressAll()]);
  return rows;
});
