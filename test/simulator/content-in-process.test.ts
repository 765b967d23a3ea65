import { describe, expect, it } from '@jest/globals';
import { toCall } from '../../simulator/call.ts';
import { createClock } from '../../simulator/clock.ts';
import { DEFAULT_ACCOUNT, SimulatorOptionsSchema } from '../../simulator/options.ts';
import { createZoom } from '../../simulator/zoom.ts';
import { basic, NOON } from './zoom-client.ts';
import { sha256 } from './content-client.ts';

/** Zoom without HTTP, with one recorded file of three megabytes. */
const aZoomInProcess = () => {
  const settings = SimulatorOptionsSchema.parse({
    accounts: [
      {
        content: {
          people: [{ id: 'host', email: 'a@quillmere.example', firstName: 'A', lastName: 'B' }],
          meetings: [
            {
              uuid: 'AAAAAAAAAAAAAAAAAAAAAA==',
              hostId: 'host',
              topic: 'Review',
              start: '2026-11-20T09:00:00Z',
              minutes: 30,
              files: [{ fileType: 'MP4', bytes: 3_000_000 }],
            },
          ],
        },
      },
    ],
  });
  const zoom = createZoom(settings, createClock(new Date(NOON), 0), () => 'http://zoom.example');
  const send = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
    zoom.respond(toCall({ method, url: new URL(url, 'http://zoom.example'), headers, body: '' }));
  const granted = send(
    `/oauth/token?grant_type=account_credentials&account_id=${DEFAULT_ACCOUNT.accountId}`,
    { authorization: basic() },
    'POST',
  );
  const { access_token: token } = JSON.parse(granted.body) as { access_token: string };
  return { zoom, send, authorization: `Bearer ${token}` };
};

describe('the content API without HTTP', () => {
  it('lists recordings, and streams the bytes of a file', async () => {
    const { zoom, send, authorization } = aZoomInProcess();

    const listed = send('/v2/users/host/recordings', { authorization });
    const { meetings } = JSON.parse(listed.body) as {
      meetings: { recording_files: { download_url: string }[] }[];
    };
    const redirect = send(meetings[0]?.recording_files[0]?.download_url ?? '', { authorization });
    const file = send(redirect.headers?.['location'] ?? '');
    const bytes = Buffer.concat([...(file.stream?.chunks() ?? [])]);

    const [account] = zoom.accounts;
    if (!account) throw new Error('There is no account.');
    const control = zoom.content.control(account);
    expect(file).toMatchObject({ status: 200, body: '', stream: { length: 3_000_000 } });
    expect(sha256(bytes)).toBe(await control.truth().files[0]?.sha256());
    expect(control.downloads()).toMatchObject([{ requests: 1, whole: 1, bytes: 3_000_000 }]);
  });

  it('has not served the chunk that a consumer holds', () => {
    const { zoom, send, authorization } = aZoomInProcess();
    const { recording_files: files } = JSON.parse(
      send('/v2/meetings/AAAAAAAAAAAAAAAAAAAAAA==/recordings', { authorization }).body,
    ) as { recording_files: { download_url: string }[] };
    const redirect = send(files[0]?.download_url ?? '', { authorization });

    const { stream } = send(redirect.headers?.['location'] ?? '');
    const chunks = stream?.chunks()[Symbol.iterator]();
    chunks?.next();
    chunks?.next();

    const [account] = zoom.accounts;
    expect(account && zoom.content.control(account).downloads()).toMatchObject([
      { whole: 0, bytes: 1 << 20 },
    ]);
  });
});
