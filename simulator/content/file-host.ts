import type { Answer, BodyStream } from '../response.ts';
import type { Call } from '../call.ts';
import type { ContentStore } from './content-store.ts';
import type { DownloadCounter } from './download-counts.ts';
import { readBytes } from './file-bytes.ts';
import type { Links } from './links.ts';
import type { FileVersion, HostedFile } from './model.ts';

const CONTENT_TYPES: Record<string, string> = {
  MP4: 'video/mp4',
  M4A: 'audio/mp4',
  VTT: 'text/vtt',
  TXT: 'text/plain',
  CSV: 'text/csv',
  JSON: 'application/json',
  JPG: 'image/jpeg',
};

/** A page for people, as the file host and the download address answer: not JSON. */
export const htmlPage = (status: number, title: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html;charset=UTF-8' },
  body: `<!DOCTYPE html><html><head><title>${title} - Zoom</title></head><body><h1>${title}</h1></body></html>`,
});

interface FileHostOptions {
  readonly stores: readonly ContentStore[];
  readonly links: Links;
  readonly counter: DownloadCounter;
  readonly now: () => number;
}

/**
 * The host of the bytes: it asks for no token, only for a signed address that has not expired. It serves the present version of a file,
 * whole or one range, with `ETag`, `If-Range` and `Content-Length`.
 */
export const createFileHost = ({
  stores,
  links,
  counter,
  now,
}: FileHostOptions): ((call: Call) => Answer) => {
  return (call) => {
    const signed = links.readSigned(call.query);
    if (!signed || signed.expiresAt <= now()) return signedUrlRefused();
    for (const store of stores) {
      const file = store.hosted(signed.fileKey);
      if (!file) continue;
      if (file === 'gone') return htmlPage(404, 'This recording does not exist');
      return serve(call, file, counter);
    }
    return htmlPage(404, 'This recording does not exist');
  };
};

/** An expired or forged signature. */
export const signedUrlRefused = (): Answer => htmlPage(403, 'Request has expired');

const serve = (
  { range, ifRange }: Call,
  { fileName, extension, version }: HostedFile,
  counter: DownloadCounter,
): Answer => {
  const wanted =
    ifRange === undefined || ifRange === version.etag ? rangeOf(range, version.bytes) : undefined;
  const headers = {
    'content-type': CONTENT_TYPES[extension] ?? 'application/octet-stream',
    'content-disposition': dispositionOf(fileName),
    'accept-ranges': 'bytes',
    etag: version.etag,
  };
  if (wanted === 'unsatisfiable') {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${version.bytes}` }, body: '' };
  }
  counter.begin(version);
  const { from, to } = wanted ?? { from: 0, to: version.bytes };
  return {
    status: wanted ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(to - from),
      ...(wanted && { 'content-range': `bytes ${from}-${to - 1}/${version.bytes}` }),
    },
    body: '',
    stream: countedStream(version, from, to, counter),
  };
};

/** A name outside printable ASCII, or with a quote, is percent-encoded (RFC 6266). */
const dispositionOf = (fileName: string): string =>
  /^[ !#-~]+$/.test(fileName)
    ? `attachment; filename="${fileName}"`
    : `attachment; filename*=UTF-8''${encodeURIComponent(fileName.toWellFormed())}`;

const countedStream = (
  version: FileVersion,
  from: number,
  to: number,
  counter: DownloadCounter,
): BodyStream => ({
  length: to - from,
  *chunks() {
    for (const chunk of readBytes(version, from, to)) {
      yield chunk;
      counter.served(version, chunk.length);
    }
    if (from === 0 && to === version.bytes) counter.finished(version);
  },
});

/** One range; several of them, or a text that is none, mean the whole file. The end is excluded. */
const rangeOf = (
  range: string | undefined,
  bytes: number,
): { readonly from: number; readonly to: number } | 'unsatisfiable' | undefined => {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '')
    return Number(last) > 0 ? { from: Math.max(0, bytes - Number(last)), to: bytes } : 'unsatisfiable';
  const from = Number(first);
  const to = last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  if (from >= bytes) return 'unsatisfiable';
  return to > from ? { from, to } : undefined;
};
