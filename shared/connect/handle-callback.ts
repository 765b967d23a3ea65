import { CALLBACK_PATH } from '../contract/environment.ts';
import { auditCallback } from './audit-callback.ts';
import type { CallbackResult } from './callback-result.ts';
import { completeConnection } from './complete-connection.ts';
import { errorToLine, type LogLine, resultToLine } from './log-line.ts';
import { pageToHtml } from './pages/frame.ts';
import { METHOD_NOT_ALLOWED, NOT_FOUND, UNEXPECTED } from './pages/other-pages.ts';
import type { Page } from './pages/page.ts';
import { resultToPage } from './pages/result-to-page.ts';
import { SECURITY_HEADERS } from './pages/security-headers.ts';
import type { ConnectionContext } from './ports.ts';

/** The request of a browser. */
export interface CallbackRequest {
  readonly method: string;
  readonly path: string;
  /** Without the question mark, as it was sent. */
  readonly query: string;
  /** Shown on the page and in the log. */
  readonly reference: string;
}

/** The response, and its one line in the log. */
export interface CallbackResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly line: LogLine;
}

/**
 * Answers every request at the callback's URL with a page. A failure of ours is a page with status 500, which the API's own
 * metric and alarm count.
 */
export const handleCallback = async (
  { method, path, query, reference }: CallbackRequest,
  connectingOf: (source: string) => ConnectionContext | undefined,
  signal: AbortSignal,
): Promise<CallbackResponse> => {
  const connection = connectingOf(sourceIn(path));
  if (!connection)
    return respondWith(NOT_FOUND, reference, { level: 'warn', outcome: 'not-found', stranger: true });
  const source = connection.source.name;
  if (method !== 'GET') {
    const line: LogLine = { level: 'warn', outcome: 'wrong-method', source, stranger: true };
    const refused = respondWith(METHOD_NOT_ALLOWED, reference, line);
    return { ...refused, headers: { ...refused.headers, allow: 'GET' } };
  }

  let result: CallbackResult;
  try {
    result = await completeConnection(connection, query, signal);
  } catch (error) {
    return respondWith(UNEXPECTED, reference, errorToLine(error, source));
  }
  const line = resultToLine(result, source);
  const auditFailure = await auditCallback(connection, result);
  return respondWith(
    resultToPage(result, connection.source),
    reference,
    auditFailure === undefined ? line : { ...line, level: 'warn', auditFailure },
  );
};

/** Empty if the path is not one of ours. */
const sourceIn = (path: string): string =>
  path.startsWith(`${CALLBACK_PATH}/`) ? path.slice(CALLBACK_PATH.length + 1) : '';

const respondWith = (page: Page, reference: string, line: LogLine): CallbackResponse => ({
  status: page.status,
  headers: { ...SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8' },
  body: pageToHtml(page, reference),
  line,
});
