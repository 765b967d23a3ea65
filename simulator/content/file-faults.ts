import { type Answer, apiError, type BodyStream, type Delivery } from '../response.ts';
import type { Fault, FaultEffect } from '../fault-table.ts';
import { twisted } from './list-rewrites.ts';
import { htmlPage, signedUrlRefused } from './file-host.ts';

/** The bytes that a body lacks under `file-connection-close/short`, as they were seen to be missing. */
const MISSING_BYTES = 51_200;

const only = (strike: FaultEffect) => ({ plain: strike });

/** Changes a response that has the bytes of a file. */
const served =
  (change: (response: Answer & { readonly stream: BodyStream }) => Answer): FaultEffect =>
  (proceed) => {
    const response = proceed();
    return response.stream ? change({ ...response, stream: response.stream }) : response;
  };

/** Each response has an ETag of its own. */
const differingEtags = (): FaultEffect => {
  let responses = 0;
  return served((response) => {
    responses += 1;
    return { ...response, headers: { ...response.headers, etag: `"${responses}"` } };
  });
};

const without = (response: Answer, name: string): Answer => {
  const headers = Object.entries(response.headers ?? {}).filter(([header]) => header !== name);
  return { ...response, headers: Object.fromEntries(headers) };
};

const framed = (response: Answer, delivery: Delivery): Answer => ({
  ...without(response, 'content-length'),
  delivery: { ...response.delivery, ...delivery },
});

/** The first bytes of a stream: a cut one does not count as a whole transfer. */
const firstBytes = (stream: BodyStream, length: number): BodyStream => ({
  length,
  *chunks() {
    let left = length;
    for (const chunk of stream.chunks()) {
      const part = chunk.subarray(0, left);
      left -= part.length;
      yield part;
      if (left === 0) return;
    }
  },
});

const shortened = (stream: BodyStream): BodyStream =>
  firstBytes(
    stream,
    stream.length > 2 * MISSING_BYTES ? stream.length - MISSING_BYTES : Math.floor(stream.length / 2),
  );

const wrongMagic = (stream: BodyStream): BodyStream => ({
  length: stream.length,
  *chunks() {
    let isFirst = true;
    for (const chunk of stream.chunks()) {
      const copy = isFirst ? Buffer.from(chunk) : chunk;
      if (isFirst) Buffer.from('RIFF\x24\0\0\0WAVEfmt ').copy(copy);
      isFirst = false;
      yield copy;
    }
  },
});

const redirected =
  (rewrite: (url: URL) => void): FaultEffect =>
  (proceed) => {
    const response = proceed();
    const { location } = response.headers ?? {};
    if (location === undefined) return response;
    const url = new URL(location);
    rewrite(url);
    return { ...response, headers: { ...response.headers, location: url.href } };
  };

const pages = (statuses: readonly number[]): Record<string, FaultEffect> =>
  Object.fromEntries(
    statuses.map((status) => [String(status), () => htmlPage(status, 'Please try again later')]),
  );

/** Faults of downloads: of the `download_url`, and of the file host that it redirects to. */
export const FILE_FAULTS = {
  'file-html-200': {
    nature: 'transient',
    on: ['download', 'file-host'],
    does: '200 with a page of HTML instead of the file: signed out, no right, or deleted',
    variants: {
      'signed-out': () => htmlPage(200, 'Sign in'),
      'no-right': () => htmlPage(200, 'You do not have permission to view this recording'),
      deleted: () => htmlPage(200, 'This recording does not exist'),
    },
  },
  'file-json-200': {
    nature: 'transient',
    on: ['download', 'file-host'],
    does: '200 with an error as JSON instead of the file',
    variants: {
      token: () => apiError(200, 124, 'Invalid access token.'),
      missing: () => apiError(200, 3301, 'This recording does not exist.'),
    },
  },
  'file-no-length': {
    nature: 'harmless',
    on: ['file-host'],
    does: 'no content-length: the body is chunked',
    variants: only(served((response) => framed(response, { framing: 'chunked' }))),
  },
  'file-connection-close': {
    nature: 'transient',
    on: ['file-host'],
    does: 'no length at all, the connection closes at the end of the body, whole or 50 KiB before its end',
    variants: {
      short: served((response) => ({
        ...framed(response, { framing: 'close' }),
        stream: shortened(response.stream),
      })),
      whole: served((response) => framed(response, { framing: 'close' })),
    },
  },
  'file-cut': {
    nature: 'transient',
    on: ['file-host'],
    does: 'the connection closes or is reset in the middle of the body, under content-length or chunked',
    variants: {
      close: served((response) => ({ ...response, delivery: { breaks: 'cut' } })),
      reset: served((response) => ({ ...response, delivery: { breaks: 'mid-body' } })),
      chunked: served((response) => framed(response, { framing: 'chunked', breaks: 'cut' })),
    },
  },
  'file-wrong-magic': {
    nature: 'transient',
    on: ['file-host'],
    does: 'the first bytes of the body are those of another type',
    variants: only(served((response) => ({ ...response, stream: wrongMagic(response.stream) }))),
  },
  'file-range-ignored': {
    nature: 'harmless',
    on: ['file-host'],
    does: 'a range is ignored: 200 with the whole file',
    variants: only(twisted('ignore-range')),
  },
  'file-no-etag': {
    nature: 'harmless',
    on: ['file-host'],
    does: 'no ETag',
    variants: only(served((response) => without(response, 'etag'))),
  },
  'file-etag-differs': {
    nature: 'harmless',
    on: ['file-host'],
    does: 'another ETag in each response with the same bytes',
    variants: only(differingEtags()),
  },
  'signed-url-expired': {
    nature: 'transient',
    on: ['file-host'],
    does: '403: the signed address has expired',
    variants: only(() => signedUrlRefused()),
  },
  'redirect-to-foreign-host': {
    nature: 'permanent',
    on: ['download'],
    does: 'the download redirects to a host that is not Zoom’s, or only looks like it',
    variants: {
      other: redirected((url) => {
        url.host = 'files.attacker.example';
      }),
      lookalike: redirected((url) => {
        url.host = 'ssrweb.zoom.us.attacker.example';
      }),
      localhost: redirected((url) => {
        url.hostname = 'localhost';
      }),
    },
  },
  'second-hop-token-refused': {
    nature: 'harmless',
    on: ['file-host'],
    does: 'the file host refuses a request with an Authorization header: 403',
    variants: only((proceed, { call }) =>
      call.bearer === undefined ? proceed() : htmlPage(403, 'Only one authentication is allowed'),
    ),
  },
  'second-hop-token-required': {
    nature: 'harmless',
    on: ['file-host'],
    does: 'the file host refuses a request without an Authorization header: 403, or a page to sign in under 200',
    variants: {
      '403': (proceed, { call }) => (call.bearer === undefined ? htmlPage(403, 'Sign in') : proceed()),
      page: (proceed, { call }) => (call.bearer === undefined ? htmlPage(200, 'Sign in') : proceed()),
    },
  },
  'file-host-error': {
    nature: 'transient',
    on: ['file-host'],
    does: '500, 502, 503 or 504 with a page of HTML',
    variants: pages([500, 502, 503, 504]),
  },
  'file-host-429': {
    nature: 'transient',
    on: ['file-host'],
    does: '429 with a page of HTML and no time to wait',
    variants: only(() => htmlPage(429, 'Too many requests')),
  },
  'file-slow': {
    nature: 'harmless',
    on: ['file-host'],
    does: 'the body trickles in small parts over slowMs',
    variants: only((proceed, { slowMs }) => {
      const response = proceed();
      return response.stream ? { ...response, delivery: { bodyMs: slowMs } } : response;
    }),
  },
} as const satisfies Record<string, Fault>;
