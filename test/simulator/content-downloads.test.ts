import { describe, expect, it } from '@jest/globals';
import {
  aContent,
  addMeeting,
  aDownload,
  bytesOf,
  downloadUrlOf,
  firstHop,
  recordingOf,
  sha256,
  signedUrlOf,
  trueSum,
} from './content-client.ts';
import { aSimulator, aToken, get } from './zoom-client.ts';
import { encodeUuid } from '../../simulator/index.ts';

const MIB = 1 << 20;

describe('a download', () => {
  it('redirects to a signed address with Zoom’s name of the file, and serves the true bytes', async () => {
    const { simulator, url, token, fetchFile } = await aDownload();

    const redirect = await firstHop(url, token);
    const response = await fetchFile();

    expect(redirect.status).toBe(302);
    expect(redirect.headers.get('location')).toMatch(
      /\/replay\/.*\/GMT20261120-090000_Recording_640x360\.mp4\?data=.*&expires=\d+$/,
    );
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '200000',
      'accept-ranges': 'bytes',
      'content-disposition': 'attachment; filename="GMT20261120-090000_Recording_640x360.mp4"',
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as unknown,
    });
    expect(sha256(await bytesOf(response))).toBe(await trueSum(simulator));
  });

  it.each([
    ['MP4', 4, 'ftyp'],
    ['M4A', 4, 'ftypM4A '],
    ['TRANSCRIPT', 0, 'WEBVTT'],
    ['CC', 0, 'WEBVTT'],
    ['TB', 6, 'JFIF'],
  ])('of a file of type %s has at offset %d: %s', async (fileType, offset, magic) => {
    const { fetchFile } = await aDownload({ fileType, bytes: 5000 });

    const bytes = await bytesOf(await fetchFile());

    expect(bytes).toHaveLength(5000);
    expect(bytes.subarray(offset, offset + magic.length).toString('latin1')).toBe(magic);
  });

  it('of a timeline is JSON, of a chat text, and of a wrong form neither', async () => {
    const timeline = await aDownload({ fileType: 'TIMELINE', bytes: 2000 });
    const chat = await aDownload({ fileType: 'CHAT', bytes: 2000 });
    const wrong = await aDownload({ fileType: 'MP4', bytes: 2000, form: 'wrong' });

    expect(JSON.parse((await bytesOf(await timeline.fetchFile())).toString())).toHaveProperty('timeline');
    expect((await bytesOf(await chat.fetchFile())).toString()).toMatch(/^[ -~\s]+$/);
    expect((await bytesOf(await wrong.fetchFile())).toString('latin1')).toMatch(/^RIFF/);
  });

  it.each([0, 1, 15, 33, MIB, MIB + 1, 3 * MIB + 7])('of %d bytes is exactly the file', async (bytes) => {
    const { simulator, fetchFile } = await aDownload({ bytes });

    const got = await bytesOf(await fetchFile());

    expect(got).toHaveLength(bytes);
    expect(sha256(got)).toBe(await trueSum(simulator));
  });

  it('needs a token of the account, an access token for downloads, or the old parameter', async () => {
    const simulator = await aSimulator({ accounts: [{ content: {} }, { accountId: 'b', content: {} }] });
    const content = simulator.content();
    const hostId = content.addPerson({ email: 'a@quillmere.example', firstName: 'A', lastName: 'B' });
    const [uuid, other] = [addMeeting(content, hostId), addMeeting(content, hostId)];
    const token = await aToken(simulator);
    const read = (path: string, query: Record<string, string> = {}) => get(simulator, path, token, query);
    const url = await downloadUrlOf(read, uuid);
    const tokenOf = async (one: string): Promise<string> => {
      const query = { include_fields: 'download_access_token', ttl: '60' };
      const { body } = await read(`/meetings/${encodeUuid(one)}/recordings`, query);
      return String(body['download_access_token']);
    };
    const [own, others] = [await tokenOf(uuid), await tokenOf(other)];
    const statusOf = async (bearer: string | undefined, at = url) => (await firstHop(at, bearer)).status;

    expect(await statusOf(token)).toBe(302);
    expect(await statusOf(own)).toBe(302);
    expect(await statusOf(undefined, `${url}?access_token=${token}`)).toBe(302);
    expect(await statusOf(undefined)).toBe(401);
    expect(await statusOf('nonsense')).toBe(401);
    expect(await statusOf(others)).toBe(401);
    expect(await statusOf(await aToken(simulator, 'b'))).toBe(404);
    simulator.clock.advance(60_000);
    expect(await statusOf(own)).toBe(401);
    simulator.clock.advance(3_540_000);
    expect(await statusOf(token)).toBe(401);
  });

  it('needs a recording scope', async () => {
    const { simulator, url } = await aDownload();
    simulator.account().update({ scopes: ['user:read:user:admin'] });

    const refused = await firstHop(url, await aToken(simulator));

    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 4711 }]);
  });

  it.each(['processing', 'trashed', 'purged'])('of a file that is %s is 404, code 3301', async (state) => {
    const { content, hostId, read, token } = await aContent();
    const processing = state === 'processing' ? ({ as: 'encoding' } as const) : undefined;
    const uuid = addMeeting(content, hostId, { files: [{ fileType: 'MP4', bytes: 10, processing }] });
    const url = await downloadUrlOf(read, uuid);
    if (state === 'trashed') content.trash(uuid);
    if (state === 'purged') content.purge(uuid);

    const refused = await firstHop(url, token);

    expect([refused.status, await refused.json()]).toMatchObject([404, { code: 3301 }]);
  });

  it('may serve files in the trash', async () => {
    const { content, uuid, fetchFile } = await aDownload({}, { content: { trashedDownloads: 'serve' } });
    content.trash(uuid);

    expect((await fetchFile()).status).toBe(200);
  });

  it('ends with the signed address, at another name of the host if asked', async () => {
    const { simulator, url, token } = await aDownload(
      {},
      { content: { signedUrlSeconds: 10, fileHost: 'localhost' } },
    );
    const signed = await signedUrlOf(url, token);

    expect(new URL(signed).hostname).toBe('localhost');
    simulator.clock.advance(9_999);
    expect((await fetch(signed.replace('localhost', '127.0.0.1'))).status).toBe(200);
    simulator.clock.advance(1);
    const late = await fetch(signed.replace('localhost', '127.0.0.1'));
    expect([late.status, late.headers.get('content-type')]).toEqual([403, 'text/html;charset=UTF-8']);
    expect((await fetch(`${simulator.url}/replay/x/y.mp4?data=forged`)).status).toBe(403);
  });
});

describe('a range', () => {
  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=5-', 5, 200_000],
    ['bytes=17-1048599', 17, 200_000],
    ['bytes=100000-100099', 100_000, 100_100],
    ['bytes=-7', 199_993, 200_000],
  ])('%s is a part of the file', async (range, from, to) => {
    const { fetchFile } = await aDownload();
    const whole = await bytesOf(await fetchFile());

    const part = await fetchFile({ range });

    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/200000`);
    expect(await bytesOf(part)).toEqual(whole.subarray(from, to));
  });

  it('is whole again when If-Range names another ETag', async () => {
    const { fetchFile } = await aDownload();
    const etag = (await fetchFile({ range: 'bytes=0-0' })).headers.get('etag') ?? '';

    expect((await fetchFile({ range: 'bytes=9-', 'if-range': etag })).status).toBe(206);
    expect((await fetchFile({ range: 'bytes=9-', 'if-range': '"other"' })).status).toBe(200);
  });

  it('beyond the end is 416, and several ranges are the whole', async () => {
    const { fetchFile } = await aDownload();

    expect((await fetchFile({ range: 'bytes=200000-' })).status).toBe(416);
    expect((await fetchFile({ range: 'bytes=0-1,5-6' })).status).toBe(200);
  });

  it('of a file of 5 GiB takes neither disk nor the bytes before it', async () => {
    const bytes = 5 * 1024 * MIB;
    const { read, uuid, fetchFile } = await aDownload({ bytes });

    const part = await fetchFile({ range: `bytes=${bytes - 16}-` });
    const again = await fetchFile({ range: `bytes=${bytes - 8}-` });

    expect(part.headers.get('content-range')).toBe(`bytes ${bytes - 16}-${bytes - 1}/${bytes}`);
    expect((await bytesOf(part)).subarray(8)).toEqual(await bytesOf(again));
    expect((await recordingOf(read, uuid)).body).toMatchObject({ total_size: bytes });
  });
});

describe('a file that is cut again', () => {
  it('has other bytes, another length and another ETag under its id', async () => {
    const { simulator, content, uuid, fetchFile } = await aDownload({ id: 'file-1' });
    const first = await fetchFile();
    const before = await bytesOf(first);
    content.recut(uuid, 'file-1', { bytes: 150_000, seed: 2 });

    const second = await fetchFile({ range: 'bytes=100-', 'if-range': first.headers.get('etag') ?? '' });
    const after = await bytesOf(second);

    expect(second.status).toBe(200);
    expect(after).toHaveLength(150_000);
    expect(after.subarray(100, 200)).not.toEqual(before.subarray(100, 200));
    const { files } = simulator.content().truth();
    expect(files).toMatchObject([
      { fileId: 'file-1', version: 1, bytes: 200_000, state: 'replaced' },
      { fileId: 'file-1', version: 2, bytes: 150_000, state: 'available' },
    ]);
    expect(await Promise.all(files.map((file) => file.sha256()))).toEqual([sha256(before), sha256(after)]);
  });
});

describe('the count of downloads', () => {
  it('has requests, whole transfers and bytes of each version', async () => {
    const { content, fetchFile } = await aDownload();
    await bytesOf(await fetchFile());
    await bytesOf(await fetchFile({ range: 'bytes=0-99' }));

    expect(content.downloads()).toMatchObject([{ version: 1, requests: 2, whole: 1, bytes: 200_100 }]);
  });

  it('has no whole transfer that the client left', async () => {
    const { content, fetchFile } = await aDownload({ bytes: 64 * MIB });
    const response = await fetchFile();
    await response.body?.cancel();

    const [count] = content.downloads();
    expect(count).toMatchObject({ requests: 1, whole: 0 });
    expect(count?.bytes).toBeLessThan(64 * MIB);
  });
});
