import { describe, expect, it } from '@jest/globals';
import { aRawServer, aRequest, bytesIn, downloads, openUrl, receive } from '../../support/downloads.ts';
import { anHttpServer } from '../../support/doubles/http-server.ts';
import { failureMessage } from '../../support/zoom.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n';

describe('the end of a body', () => {
  it.each([
    ['length', `${HEAD}Content-Length: 10\r\n\r\n0123456789`],
    ['chunked', `${HEAD}Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n`],
    ['close', `${HEAD}\r\n0123456789`],
    ['close', 'HTTP/1.0 200 OK\r\nContent-Type: video/mp4\r\n\r\n0123456789'],
  ])('is known by its framing: %s', async (framing, response) => {
    const url = await aRawServer((socket) => socket.end(response));

    const download = await openUrl(url);

    expect(download.framing).toBe(framing);
    expect(await receive(download)).toEqual({ bytes: Buffer.from('0123456789') });
  });

  it.each([
    ['under a Content-Length', `${HEAD}Content-Length: 10\r\n\r\n`, '01234'],
    ['within a chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\n8\r\n`, '01234'],
    ['between two chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n`, '01234\r\n'],
    ['before the end of the last chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n`, '01234\r\n0\r\n'],
  ])('that comes early is an error, and what arrived is valid: %s', async (_, head, body) => {
    const url = await aRawServer((socket) => socket.end(`${head}${body}`));

    const { bytes, failure } = await receive(await openUrl(url));

    expect(bytes.toString()).toBe('01234');
    expect(failure).toMatchObject({ name: 'DownloadError', failure: 'broken' });
    expect(failure?.message).toMatch(
      /The download of the recording file 7 .* from 127\.0\.0\.1:\d+ broke off after 5 bytes/,
    );
  });

  it.each([
    ['under a Content-Length', 'Content-Length: 10\r\nConnection: close\r\n\r\n01234', 'broken'],
    ['within a chunk', 'Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n8\r\n01234', 'broken'],
    ['without framing, where it proves nothing', '\r\n01234', undefined],
  ])('that a reset of the connection brings: %s', async (_, rest, expected) => {
    let reset = (): void => undefined;
    const url = await aRawServer((socket) => {
      reset = () => void socket.resetAndDestroy();
      socket.write(`${HEAD}${rest}`);
    });

    const chunks: Uint8Array[] = [];
    let failure: unknown;
    try {
      for await (const chunk of (await openUrl(url)).body) {
        chunks.push(chunk);
        reset();
      }
    } catch (error) {
      failure = error;
    }

    expect(Buffer.concat(chunks).toString()).toBe('01234');
    expect((failure as { failure?: string } | undefined)?.failure).toBe(expected);
  });

  it('of a part that is shorter than the rest of the file is an error', async () => {
    const url = await aRawServer((socket) =>
      socket.end(
        'HTTP/1.1 206 Partial Content\r\nContent-Type: video/mp4\r\nContent-Range: bytes 4-6/10\r\nContent-Length: 3\r\n\r\n456',
      ),
    );

    const { bytes, failure } = await receive(await openUrl(url, { resume: { from: 4, etag: '"e"' } }));

    expect(bytes.toString()).toBe('456');
    expect(failure?.failure).toBe('broken');
  });

  it('of a part that is longer than the rest of the file is an error, and what is too much is not given', async () => {
    const url = await aRawServer((socket) =>
      socket.end(
        'HTTP/1.1 206 Partial Content\r\nContent-Type: video/mp4\r\nContent-Range: bytes 4-9/10\r\n\r\n4567890',
      ),
    );

    const { bytes, failure } = await receive(await openUrl(url, { resume: { from: 4, etag: '"e"' } }));

    expect(bytes).toHaveLength(0);
    expect(failure?.failure).toBe('broken');
  });

  it('in the beginning that is inspected is an error of the request', async () => {
    const url = await aRawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234'),
    );

    expect(await failureMessage(openUrl(url))).toMatchObject({ name: 'DownloadError', failure: 'broken' });
  });

  it('that does not come in time is an error', async () => {
    const url = await aRawServer((socket) => socket.write(`${HEAD}Content-Length: 10\r\n\r\n01234`));

    const { bytes, failure } = await receive(await openUrl(url, {}, { timeoutMs: 200 }));

    expect(bytes.toString()).toBe('01234');
    expect(failure?.message).toContain('UND_ERR_BODY_TIMEOUT');
  });
});

describe('a body that takes long', () => {
  it('may take longer than any time-out, if no pause does', async () => {
    const { url } = await anHttpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' });
      let sent = 0;
      // eslint-disable-next-line no-restricted-globals -- the time limit of a real socket is tested
      const timer = setInterval(() => {
        sent += 1;
        if (sent < 30) return void response.write('.');
        clearInterval(timer);
        return void response.end();
      }, 50);
    });

    expect(await bytesIn(await openUrl(url, {}, { timeoutMs: 300 }))).toHaveLength(29);
  });

  it('ends with the reason of the signal', async () => {
    const stop = new AbortController();
    const { url } = await anHttpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 10 }).write('01234');
    });
    const download = await downloads().open(aRequest(url), stop.signal);

    const readAndStop = async (): Promise<void> => {
      for await (const chunk of download.body) {
        expect(Buffer.from(chunk).toString()).toBe('01234');
        stop.abort(new Error('stop it'));
      }
    };

    await expect(readAndStop()).rejects.toThrow('stop it');
  });
});

const MEGABYTE = 1024 * 1024;

/** A server that sends 256 MB as fast as they are taken, and what it could send. */
const aLargeFile = async (
  type: string,
): Promise<{ url: string; sent: () => number; closed: Promise<void> }> => {
  let sent = 0;
  let close = (): void => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const { url } = await anHttpServer((_, response) => {
    response.writeHead(200, { 'content-type': type, 'content-length': 256 * MEGABYTE });
    response.on('close', close);
    const more = (): void => {
      while (sent < 256 && !response.destroyed) {
        sent += 1;
        if (!response.write(Buffer.alloc(MEGABYTE, 'x'))) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  return { url, sent: () => sent, closed };
};

/** Lets the sockets of this process do what they can. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
};

describe('a body that is read slowly', () => {
  it.each(['video/mp4', 'application/octet-stream'])('is not stored up: %s', async (type) => {
    const file = await aLargeFile(type);
    const download = await openUrl(file.url);
    await turns(3000);
    const before = file.sent();

    let read = 0;
    for await (const chunk of download.body) {
      read += chunk.byteLength;
      if (read > 8 * MEGABYTE) break;
    }
    await turns(3000);

    expect(before).toBeLessThan(32); // what the buffers of two sockets hold
    expect(file.sent()).toBeLessThan(48);
    await file.closed;
  });

  it('may be discarded unread', async () => {
    const file = await aLargeFile('video/mp4');
    const download = await openUrl(file.url);

    download.discard();

    await file.closed;
    expect(file.sent()).toBeLessThan(32);
  });

  it('is read to its end otherwise', async () => {
    const file = await aLargeFile('video/mp4');
    let read = 0;
    for await (const chunk of (await openUrl(file.url)).body) read += chunk.byteLength;

    expect(read).toBe(256 * MEGABYTE);
  });
});
