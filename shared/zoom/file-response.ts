import { type Download, DownloadError, type DownloadRequest } from '../content/ports.ts';
import { trackingIdOf } from './describe-failure.ts';
import { DownloadBody, framingOf, type ResponseBody } from './download-body.ts';
import type { DownloadErrors } from './download-errors.ts';
import { fileNameOf } from './download-name.ts';
import { BEGINNING_BYTES, bytesToInspect, isPageText, isPageType } from './download-page.ts';
import { type ContentRange, readContentLength, readContentRange, strongEtagOf } from './download-range.ts';
import { problemOf } from './network-error.ts';
import { mediaTypeOf, type ZoomResponse } from './zoom-response.ts';

/** A response to a request for a file, with its body unread. */
export interface FileResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ResponseBody;
  readonly url: URL;
}

/** This much of an error response is enough to classify it. */
const MAX_ERROR_BYTES = 64 * 1024;

/** A slowly trickling error body is given up after this many time-outs: it is only for a message. */
const ERROR_BODY = 4;

/**
 * The download that a response is: its bytes continue the file where that was asked for, or are all of it. Throws DownloadError if
 * the response is an error, a page, or a part that was not asked for.
 */
export const toDownload = async (
  response: FileResponse,
  request: DownloadRequest,
  isRedirected: boolean,
  errors: DownloadErrors,
  errorText: () => Promise<string>,
  signal: AbortSignal,
): Promise<Download> => {
  const { status, headers, url } = response;
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  const isEncoded = encoding !== '' && encoding !== 'identity';
  const withText = async (): Promise<ZoomResponse> => ({
    status,
    headers,
    body: isEncoded ? discarded(response.body) : await errorText(),
    host: url.host,
  });
  if (status !== 200 && status !== 206) throw errors.ofStatus(await withText(), url);

  const contentType = mediaTypeOf({ headers });
  if (isPageType(contentType, request.fileType)) throw errors.page(await withText(), url);

  const body = new DownloadBody(response.body);
  try {
    if (isEncoded) throw errors.encoded(url, encoding);
    const range = status === 206 ? continuedRange(response, resumeOf(request), errors) : undefined;
    const length = readContentLength(headers['content-length']);
    const offset = range?.first ?? 0;
    if (offset === 0) await assertFile(body, contentType, request, response, errors, signal);
    const end = !range ? length : request.probe ? range.last + 1 : (range.total ?? range.last + 1);
    const etag = strongEtagOf(headers['etag']) ?? (range ? request.resume?.etag : undefined);
    const fail = (received: number, problem: string): unknown =>
      signal.aborted ? signal.reason : errors.broken(url, received, problem);
    return {
      offset,
      bytes: range ? range.total : length,
      framing: framingOf(headers),
      etag,
      contentType,
      fileName: fileNameOf(headers['content-disposition'], isRedirected ? url : undefined),
      host: url.host,
      trackingId: trackingIdOf({ kind: 'response', response: { status, headers, body: '' } }, errors),
      body: body.bytes(end === undefined ? undefined : end - offset, fail),
      discard: () => body.discard(),
    };
  } catch (error) {
    body.discard();
    throw error;
  }
};

/** Where the bytes of a part must begin. A probe is a part from the first byte on, of whatever version there is. */
const resumeOf = ({ probe, resume }: DownloadRequest): { from: number; etag?: string } | undefined =>
  probe ? { from: 0 } : resume;

/** No text of a body that is not read. */
const discarded = (body: ResponseBody): string => {
  body.on('error', () => undefined).destroy();
  return '';
};

/** The range of a 206. Throws unless it begins where it was asked to, in the same file. */
const continuedRange = (
  { headers, url }: FileResponse,
  resume: { readonly from: number; readonly etag?: string } | undefined,
  errors: DownloadErrors,
): ContentRange => {
  if (!resume) throw errors.wrongRange(url, 'it sent a part, and no part was asked for');
  const range = readContentRange(headers['content-range']);
  if (range?.first !== resume.from) {
    throw errors.wrongRange(
      url,
      `it begins at ${range ? `byte ${range.first}` : 'no stated byte'} instead of ${resume.from}`,
    );
  }
  const etag = strongEtagOf(headers['etag']);
  if (etag !== undefined && resume.etag !== undefined && etag !== resume.etag)
    throw errors.wrongRange(url, 'the file has changed');
  return range;
};

/** Throws if the first bytes of a body are those of a page. */
const assertFile = async (
  body: DownloadBody,
  contentType: string,
  { fileType }: DownloadRequest,
  { status, headers, url }: FileResponse,
  errors: DownloadErrors,
  signal: AbortSignal,
): Promise<void> => {
  if (bytesToInspect(contentType, '') === 0) return;
  try {
    let beginning = (await body.beginning(BEGINNING_BYTES)).toString('latin1');
    beginning = (await body.beginning(bytesToInspect(contentType, beginning))).toString();
    if (!isPageText(beginning, body.isWhole, contentType, fileType)) return;
    throw errors.page({ status, headers, body: beginning, host: url.host }, url);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof DownloadError ? error : errors.broken(url, 0, problemOf(error));
  }
};

/** The beginning of an error body, as far as it arrives in time; the rest is not read. */
export const textOfError = async (
  body: ResponseBody,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string> => {
  const ended = AbortSignal.any([signal, AbortSignal.timeout(ERROR_BODY * timeoutMs)]);
  const end = (): void => void body.destroy();
  ended.addEventListener('abort', end, { once: true });
  let text = Buffer.of();
  try {
    for await (const chunk of body.on('error', () => undefined)) {
      text = Buffer.concat([text, chunk as Buffer]);
      if (text.length >= MAX_ERROR_BYTES) break;
    }
  } catch {
    signal.throwIfAborted();
  } finally {
    ended.removeEventListener('abort', end);
  }
  return text.toString();
};
