import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CONTENT_FAULTS, type ContentFaultName, type Fault } from '../../simulator/index.ts';
import {
  aContent,
  addMeeting,
  aDownload,
  bytesOf,
  filesOf,
  firstHop,
  itemsOf,
  meetingsOf,
  readList,
  recordingOf,
  sha256,
  signedUrlOf,
  trueSum,
} from './content-client.ts';

/** Seven recorded meetings of today, and a list of three of them on a page. */
const aList = async () => {
  const session = await aContent();
  const { content, hostId, read } = session;
  const uuids = Array.from({ length: 7 }, (_, i) =>
    addMeeting(content, hostId, { start: new Date(Date.UTC(2026, 10, 20, i)) }),
  ).reverse();
  const path = `/users/${hostId}/recordings`;
  return {
    ...session,
    uuids,
    first: () => read(path, { page_size: '3' }),
    all: async () => (await readList(read, path, 'meetings', { page_size: '3' })).map(({ uuid }) => uuid),
  };
};

describe('a fault of a list', () => {
  it('list-ends-early states no token although total_records is larger', async () => {
    const { simulator, first, all, uuids } = await aList();
    simulator.faults.set('list-ends-early');

    expect((await first()).body).toMatchObject({ total_records: 7, next_page_token: '' });
    expect(await all()).toEqual(uuids.slice(0, 3));
  });

  it('total-missing leaves out total_records', async () => {
    const { simulator, first } = await aList();
    simulator.faults.set('total-missing');

    expect((await first()).body).not.toHaveProperty('total_records');
  });

  it('page-shift repeats an item over each edge of a page', async () => {
    const { simulator, all, uuids } = await aList();
    simulator.faults.set('page-shift');

    const listed = await all();

    expect(listed).toEqual([0, 1, 2, 2, 3, 4, 4, 5, 6].map((index) => uuids[index]));
  });

  it('live-insert adds a recording during the list: it shifts another one over the edge', async () => {
    const { simulator, all, uuids, content } = await aList();
    simulator.faults.set('live-insert*1');

    const listed = await all();

    expect(listed).toEqual([0, 1, 2, 2, 3, 4, 5, 6].map((index) => uuids[index]));
    expect(content.truth().meetings).toHaveLength(8);
  });

  it('live-insert adds a person', async () => {
    const { simulator, read, content } = await aContent();
    for (let i = 0; i < 3; i++) content.addPerson({ email: `${i}@x.example`, firstName: 'A', lastName: 'B' });
    simulator.faults.set('live-insert*1');

    expect(await readList(read, '/users', 'users', { page_size: '2' })).toHaveLength(5);
  });

  it.each([
    ['total-kept', 7],
    ['total-too', 6],
  ])('recording-left-out/%s hides a meeting; total_records is %d', async (variant, total) => {
    const { simulator, first, all, uuids } = await aList();
    simulator.faults.set(`recording-left-out/${variant}*1`);
    const page = await first();

    expect(page.body['total_records']).toBe(total);
    expect(meetingsOf(page).map(({ uuid }) => uuid)).toEqual(uuids.slice(1, 3));
    expect(await all()).toEqual(uuids);
  });

  it('file-listed-twice lists each file twice', async () => {
    const { simulator, first, read, uuids } = await aList();
    simulator.faults.set('file-listed-twice');

    for (const recording of [meetingsOf(await first())[0], (await recordingOf(read, uuids[0] ?? '')).body]) {
      const ids = filesOf(recording).map(({ id }) => id);
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(1);
    }
  });

  it.each([
    ['smaller', 500],
    ['larger', 52_200],
    ['zero', 0],
    ['absent', undefined],
  ])('wrong-file-size/%s states %s instead of 1000', async (variant, size) => {
    const { simulator, first } = await aList();
    simulator.faults.set(`wrong-file-size/${variant}`);

    expect(filesOf(meetingsOf(await first())[0])[0]?.['file_size']).toBe(size);
  });

  it.each([
    ['recording', ''],
    ['encoding', 'MP4'],
  ])('recording-processing/%s lists a complete file as not complete', async (variant, type) => {
    const { simulator, first } = await aList();
    simulator.faults.set(`recording-processing/${variant}`);

    expect(filesOf(meetingsOf(await first())[0])[0]).toMatchObject({ status: 'processing', file_type: type });
  });

  it.each([
    ['person-missing', 404, 1001],
    ['person-of-another-account', 400, 1010],
    ['cloud-recording-off', 400, 200],
  ])('%s is %d with the code %d', async (spec, status, code) => {
    const { simulator, first } = await aList();
    simulator.faults.set(spec);

    expect(await first()).toMatchObject({ status, body: { code } });
  });

  it.each([
    ['recording-missing', 3301],
    ['meeting-missing', 3001],
  ])('%s hides a recording that exists: 404 with the code %d', async (spec, code) => {
    const { simulator, read, uuids } = await aList();
    simulator.faults.set(`${spec}*1`);

    expect(await recordingOf(read, uuids[0] ?? '')).toMatchObject({ status: 404, body: { code } });
    expect((await recordingOf(read, uuids[0] ?? '')).status).toBe(200);
  });
});

describe('a fault of every API', () => {
  it.each([
    ['token-expired/401', 401],
    ['server-error/503', 503],
    ['rate-per-second/429', 429],
    ['scope-missing/400-4711', 400],
    ['html-body-200', 200],
  ])('%s strikes content as well', async (spec, status) => {
    const { simulator, first } = await aList();
    simulator.faults.set(`${spec}@user-recordings`);

    const reply = await first();

    expect(reply.status).toBe(status);
    expect(itemsOf(reply, 'meetings')).toEqual([]);
  });

  it('page-token-expired and short pages strike lists', async () => {
    const { simulator, first, all, read, uuids } = await aList();
    simulator.faults.set('short-page', 'empty-middle-page=0.5');
    expect(await all()).toEqual(uuids);
    simulator.faults.set('page-token-expired');
    expect((await first()).status).toBe(200);
    await expect(
      readList(read, '/accounts/me/recordings', 'meetings', { page_size: '3' }),
    ).resolves.toHaveLength(3);
  });

  it('is not among the faults of the audit reports', async () => {
    const { simulator, read } = await aList();
    simulator.faults.set('content');

    const day = { from: '2026-11-20', to: '2026-11-20' };
    expect((await read('/report/operationlogs', day)).status).toBe(200);
    expect(simulator.requests().faults).toEqual({});
  });
});

/** The bytes of a response, or undefined if the connection broke. */
const received = async (response: Response): Promise<Buffer | undefined> => {
  try {
    return await bytesOf(response);
  } catch {
    return undefined;
  }
};

describe('a fault of a download', () => {
  it.each(['file-html-200', 'file-html-200@download'])('%s gives a page of HTML under 200', async (spec) => {
    const { simulator, url, token } = await aDownload();
    simulator.faults.set(spec);

    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toMatch(/^<!DOCTYPE html>/);
  });

  it.each([
    ['token', 124],
    ['missing', 3301],
  ])('file-json-200/%s gives the code %d under 200', async (variant, code) => {
    const { simulator, fetchFile } = await aDownload();
    simulator.faults.set(`file-json-200/${variant}@file-host`);

    const response = await fetchFile();

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ code });
  });

  it('file-no-length sends the whole file chunked', async () => {
    const { simulator, fetchFile } = await aDownload();
    simulator.faults.set('file-no-length');

    const response = await fetchFile();

    expect(response.headers.get('content-length')).toBeNull();
    expect(response.headers.get('transfer-encoding')).toBe('chunked');
    expect(sha256(await bytesOf(response))).toBe(await trueSum(simulator));
  });

  it.each([
    ['whole', 200_000, 1],
    ['short', 148_800, 0],
  ])('file-connection-close/%s ends without a length after %d bytes', async (variant, bytes, whole) => {
    const { simulator, content, fetchFile } = await aDownload();
    simulator.faults.set(`file-connection-close/${variant}`);

    const response = await fetchFile();

    expect(response.headers.get('connection')).toBe('close');
    expect(response.headers.get('content-length')).toBeNull();
    expect(response.headers.get('transfer-encoding')).toBeNull();
    expect(await bytesOf(response)).toHaveLength(bytes);
    expect(content.downloads()).toMatchObject([{ whole }]);
  });

  it.each(['close', 'reset', 'chunked'])('file-cut/%s breaks the body', async (variant) => {
    const { simulator, content, fetchFile } = await aDownload({ bytes: 3_000_000 });
    simulator.faults.set(`file-cut/${variant}`);

    const response = await fetchFile();

    expect(response.status).toBe(200);
    expect(await received(response)).toBeUndefined();
    expect(content.downloads()).toMatchObject([{ requests: 1, whole: 0 }]);
  });

  it('file-cut breaks a body of one byte', async () => {
    const { simulator, fetchFile } = await aDownload({ bytes: 1 });
    simulator.faults.set('file-cut/reset');

    await expect(fetchFile().then((response) => bytesOf(response))).rejects.toThrow();
  });

  it('file-wrong-magic changes the first bytes', async () => {
    const { simulator, fetchFile } = await aDownload();
    simulator.faults.set('file-wrong-magic');

    const bytes = await bytesOf(await fetchFile());

    expect(bytes).toHaveLength(200_000);
    expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
  });

  it('file-range-ignored answers 200 with the whole file', async () => {
    const { simulator, fetchFile } = await aDownload();
    simulator.faults.set('file-range-ignored');

    const response = await fetchFile({ range: 'bytes=100-' });

    expect(response.status).toBe(200);
    expect(sha256(await bytesOf(response))).toBe(await trueSum(simulator));
  });

  it('file-no-etag sends no ETag', async () => {
    const { simulator, fetchFile } = await aDownload();
    simulator.faults.set('file-no-etag');

    expect((await fetchFile()).headers.get('etag')).toBeNull();
  });

  it('file-etag-differs sends another ETag each time, with the same bytes', async () => {
    const { simulator, fetchFile } = await aDownload();
    simulator.faults.set('file-etag-differs');

    const responses = [await fetchFile(), await fetchFile()];

    expect(new Set(responses.map(({ headers }) => headers.get('etag'))).size).toBe(2);
    for (const response of responses) {
      expect(sha256(await bytesOf(response))).toBe(await trueSum(simulator));
    }
  });

  it.each([
    ['signed-url-expired', 403],
    ['file-host-error/500', 500],
    ['file-host-error/502', 502],
    ['file-host-error/503', 503],
    ['file-host-error/504', 504],
    ['file-host-429', 429],
    ['second-hop-token-required/403', 403],
    ['second-hop-token-required/page', 200],
  ])('%s answers %d with a page of HTML', async (spec, status) => {
    const { simulator, content, fetchFile } = await aDownload();
    simulator.faults.set(spec);

    const response = await fetchFile();

    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/^<!DOCTYPE html>/);
    expect(content.downloads()).toEqual([]);
  });

  it('second-hop-token-refused serves only without a token, -required only with one', async () => {
    const { simulator, token, fetchFile } = await aDownload();
    const authorization = `Bearer ${token}`;
    simulator.faults.set('second-hop-token-refused');
    const [without, withToken] = [await fetchFile(), await fetchFile({ authorization })];
    simulator.faults.set('second-hop-token-required/403');
    const required = await fetchFile({ authorization });

    expect([without.status, withToken.status, required.status]).toEqual([200, 403, 200]);
  });

  it.each([
    ['other', 'files.attacker.example'],
    ['lookalike', 'ssrweb.zoom.us.attacker.example'],
    ['localhost', 'localhost'],
  ])('redirect-to-foreign-host/%s leads to %s', async (variant, hostname) => {
    const { simulator, url, token } = await aDownload();
    simulator.faults.set(`redirect-to-foreign-host/${variant}`);

    expect(new URL(await signedUrlOf(url, token)).hostname).toBe(hostname);
  });

  it('recording-missing answers 3301 for a file that exists', async () => {
    const { simulator, url, token } = await aDownload();
    simulator.faults.set('recording-missing@download*1');

    expect((await firstHop(url, token)).status).toBe(404);
    expect((await firstHop(url, token)).status).toBe(302);
  });

  it('file-slow sends the body in small parts', async () => {
    const { simulator, fetchFile } = await aDownload({ bytes: 8000 }, { slowMs: 80 });
    simulator.faults.set('file-slow');
    const began = performance.now();

    const bytes = await bytesOf(await fetchFile());

    expect(performance.now() - began).toBeGreaterThan(60);
    expect(sha256(bytes)).toBe(await trueSum(simulator));
  });
});

describe('the faults of content', () => {
  it('have a variant and a description, and are the same in the README', () => {
    const lines = readFileSync(new URL('../../simulator/README.md', import.meta.url), 'utf8').split('\n');
    const heading = lines.findIndex((line) => line.startsWith('### Faults of content'));
    const cells = lines
      .slice(heading)
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter(([, name]) => name !== undefined && name.slice(1, -1) in CONTENT_FAULTS);

    expect(cells.map(([, name, , nature, does]) => [name, nature, does])).toEqual(
      Object.entries<Fault>(CONTENT_FAULTS).map(([name, { nature, does }]) => [`\`${name}\``, nature, does]),
    );
    for (const name of Object.keys(CONTENT_FAULTS) as ContentFaultName[]) {
      expect(Object.keys(CONTENT_FAULTS[name].variants)).not.toEqual([]);
    }
  });
});
