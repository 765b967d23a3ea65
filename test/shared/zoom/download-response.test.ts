import type { OutgoingHttpHeaders } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { bytesIn, openUrl, refusalOf } from '../../support/downloads.ts';
import { anHttpServer } from '../../support/doubles/http-server.ts';

const FILE = Buffer.from('0123456789');
const RESUME = { from: 4, etag: '"e-1"' };

const responding = async (
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer,
): Promise<string> => {
  const { url } = await anHttpServer((_, response) => void response.writeHead(status, headers).end(body));
  return url;
};

describe('a page instead of the file', () => {
  it.each([
    ['MP4', 'text/html; charset=utf-8', '<html>Sign in</html>'],
    ['MP4', 'Text/HTML', 'anything'],
    ['TIMELINE', 'text/html', '{}'],
    ['MP4', undefined, '\ufeff \r\n<!DOCTYPE html><html>'],
    ['VTT', 'application/octet-stream', '<html lang="en">'],
    ['MP4', 'application/json', '{"anything":1}'],
    ['TRANSCRIPT', 'application/problem+json;charset=utf-8', '{}'],
    ['MP4', undefined, '{"code":3301,"message":"There is no recording for this meeting."}'],
    ['TIMELINE', 'application/json', '{"code":200,"message":"No permission.","errors":[]}'],
    ['TIMELINE', 'application/octet-stream', ' {"errorCode":"3301","errorMessage":"No recording."}'],
  ])('is found for %s of type %s: %s', async (fileType, type, body) => {
    const url = await responding(200, type === undefined ? {} : { 'content-type': type }, body);

    const failure = await refusalOf(url, { fileType });

    expect(failure).toMatchObject({ name: 'DownloadError', failure: 'page' });
    expect(failure.message).toMatch(/with a page \(.*\) instead of the file.*Check in Zoom's portal/);
  });

  it("quotes Zoom's own error", async () => {
    const url = await responding(
      200,
      { 'content-type': 'application/json', 'x-zm-trackingid': 'WEB_0123456789' },
      '{"code":3301,"message":"There is no recording for this meeting."}',
    );

    const failure = await refusalOf(url);

    expect(failure.message).toContain('[HTTP 200, code 3301, "There is no recording for this meeting."');
    expect(failure.zoomTrackingId).toBe('WEB_0123456789');
  });

  it.each([
    ['TIMELINE', 'application/json', '{"timeline":[{"ts":"00:00:01"}]}'],
    ['TIMELINE', 'application/json', '[{"code":1,"message":"x"}]'],
    ['CHAT_MESSAGE', 'application/json', '{"code":1,"message":"x","sender":"somebody"}'],
    ['TIMELINE', 'application/json', `{"code":1,"message":"${'x'.repeat(5000)}"}`],
    ['CHAT', 'text/plain', '<html> is what I wrote'],
    ['CHAT', 'text/plain', '{"code":1,"message":"is what I wrote"}'],
    ['HTML', 'text/html', '<!doctype html>a saved page'],
    ['MP4', undefined, '\0\0\0 ftypisom'],
    ['VTT', 'application/octet-stream', '<htmlish'],
    ['MP4', 'video/mp4', ''],
    ['TIMELINE', 'application/json', ''],
  ])('is no file of %s with type %s: %s', async (fileType, type, body) => {
    const url = await responding(200, type === undefined ? {} : { 'content-type': type }, body);

    expect((await bytesIn(await openUrl(url, { fileType }))).toString()).toBe(body);
  });
});

describe('an error status of a file host', () => {
  it.each([
    [403, 'refused'],
    [404, 'missing'],
    [410, 'missing'],
    [429, 'throttled'],
    [300, 'failed'],
    [204, 'failed'],
    [302, 'failed'], // without a Location
    [500, 'failed'],
    [503, 'failed'],
  ])('%d is %s, and its message names the subject and the host', async (status, failure) => {
    const url = await responding(status, {}, '');

    const error = await refusalOf(url);

    expect(error).toMatchObject({ name: 'DownloadError', failure, retryAfterMs: undefined });
    expect(error.message).toContain('the recording file 7 of 2026-11-20 (source acme)');
    expect(error.message).toContain(new URL(url).host);
    expect(error.message).toContain(`[HTTP ${status}`);
  });

  it('says how long to wait', async () => {
    const url = await responding(429, { 'retry-after': '90' }, '');

    expect(await refusalOf(url)).toMatchObject({ failure: 'throttled', retryAfterMs: 90_000 });
  });

  it('has no secret in its message, whatever the host repeats', async () => {
    const { url } = await anHttpServer((request, response) => {
      const { url: path = '', headers } = request;
      if (path.startsWith('/rec')) {
        response
          .writeHead(302, { location: '/replay/file-Name-1.mp4?data=sIgNeD.sEcReT&Key=abcdefgh' })
          .end();
        return;
      }
      const message = `No ${path} for ${headers.authorization ?? ''} (sIgNeD.sEcReT, abcdefgh)`;
      response
        .writeHead(403, { 'x-zm-trackingid': 'sIgNeD.sEcReT' })
        .end(JSON.stringify({ code: 1, message }));
    });

    const failure = await refusalOf(`${url}/rec/download/pAtH-sEcReT-1`);

    expect(failure.failure).toBe('refused');
    expect(failure.message).toContain('code 1');
    expect(`${failure.message}${failure.zoomTrackingId ?? ''}${failure.stack ?? ''}`).not.toMatch(
      /sIgNeD|abcdefgh|pAtH-sEcReT|sesame|replay/,
    );
    expect(failure.cause).toBeUndefined();
  });
});

describe('a download that is continued', () => {
  const rest = { 'content-type': 'video/mp4', 'content-range': 'bytes 4-9/10', etag: '"e-1"' };

  it('asks for the rest of the same file, and has it', async () => {
    const { url, requests } = await anHttpServer((_, response) =>
      response.writeHead(206, rest).end(FILE.subarray(4)),
    );

    const download = await openUrl(url, { resume: RESUME });

    expect(requests[0]?.headers).toMatchObject({ range: 'bytes=4-', 'if-range': '"e-1"' });
    expect(download).toMatchObject({ offset: 4, bytes: 10, etag: '"e-1"' });
    expect((await bytesIn(download)).toString()).toBe('456789');
  });

  it('begins at 0 if the host sends the whole file', async () => {
    const url = await responding(200, { 'content-type': 'video/mp4', etag: '"e-2"' }, FILE);

    const download = await openUrl(url, { resume: RESUME });

    expect(download).toMatchObject({ offset: 0, etag: '"e-2"', bytes: undefined });
    expect(await bytesIn(download)).toEqual(FILE);
  });

  it.each([
    ['begins elsewhere', { 'content-range': 'bytes 5-9/10' }],
    ['begins nowhere', { 'content-range': 'bytes */10' }],
    ['has no range', { 'content-range': undefined }],
    ['has an impossible range', { 'content-range': 'bytes 4-10/10' }],
    ['is of another file', { etag: '"e-2"' }],
  ])('is broken if the part %s', async (_, other) => {
    const headers = Object.fromEntries(
      Object.entries({ ...rest, ...other }).filter(([, value]) => value !== undefined),
    );
    const url = await responding(206, headers, FILE.subarray(4));

    const failure = await refusalOf(url, { resume: RESUME });

    expect(failure.failure).toBe('broken');
    expect(failure.message).toMatch(
      /did not continue the download .* where it was asked to.*from its beginning/,
    );
  });

  it('is broken if no part was asked for', async () => {
    const url = await responding(206, rest, FILE.subarray(4));

    expect((await refusalOf(url)).failure).toBe('broken');
  });

  it('is asked for from its beginning if the host has no such range', async () => {
    const { url, requests } = await anHttpServer((request, response) => {
      if (request.headers.range === undefined)
        response.writeHead(200, { 'content-type': 'video/mp4' }).end(FILE);
      else response.writeHead(416, { 'content-range': 'bytes */3' }).end();
    });

    const download = await openUrl(url, { resume: RESUME });

    expect(download.offset).toBe(0);
    expect(await bytesIn(download)).toEqual(FILE);
    expect(requests.map(({ headers }) => headers.range)).toEqual(['bytes=4-', undefined]);
  });

  it.each([
    ['W/"e-1"', undefined],
    ['e-1', undefined],
    ['"e-1"', '"e-1"'],
  ])('has only a strong ETag: %s', async (etag, expected) => {
    const url = await responding(200, { 'content-type': 'video/mp4', etag }, FILE);

    const download = await openUrl(url);
    download.discard();

    expect(download.etag).toBe(expected);
  });
});
