import type { Environment } from '../../shared/runtime/environment.ts';

/** A minimal client without rate limits: the token, then page after page, and each page's rows. */

/** A new access token. */
export const askToken = async (zoom: Environment): Promise<string> => {
  const credentials = btoa(`${zoom['ZOOM_CLIENT_ID'] ?? ''}:${zoom['ZOOM_CLIENT_SECRET'] ?? ''}`);
  const response = await fetch(`${zoom['ZOOM_OAUTH_URL'] ?? ''}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({
      grant_type: 'account_credentials',
      account_id: zoom['ZOOM_ACCOUNT_ID'] ?? '',
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
};

/** Reads all operations of a day and returns their number. */
export const readDay = async (zoom: Environment, token: string, day: string): Promise<number> => {
  const headers = { authorization: `Bearer ${token}` };
  let rows = 0;
  let next = '';
  do {
    const query = new URLSearchParams({
      from: day,
      to: day,
      page_size: '300',
      ...(next && { next_page_token: next }),
    });
    const url = `${zoom['ZOOM_API_URL'] ?? ''}/report/operationlogs?${query.toString()}`;
    const response = await fetch(url, { headers });
    const page = (await response.json()) as { operation_logs: unknown[]; next_page_token: string };
    rows += page.operation_logs.length;
    next = page.next_page_token;
  } while (next !== '');
  return rows;
};
