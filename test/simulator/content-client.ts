import { createHash } from 'node:crypto';
import {
  type ContentControl,
  encodeUuid,
  type MeetingInput,
  type Simulator,
  type SimulatorOptions,
} from '../../simulator/index.ts';
import { aSimulator, aToken, get, nextTokenOf, type Reply } from './zoom-client.ts';

export type Item = Record<string, unknown>;

/** A simulator with one host, Ines, and a long-lived token that may read all content. */
export const aContent = async (options: SimulatorOptions = {}) => {
  const simulator = await aSimulator({ lifetimes: { accessToken: 90 * 86_400 }, ...options });
  const content = simulator.content();
  const hostId = content.addPerson({
    email: 'ines@quillmere.example',
    firstName: 'Ines',
    lastName: 'Halloran',
  });
  const token = await aToken(simulator);
  const read = (path: string, query: Record<string, string> = {}): Promise<Reply> =>
    get(simulator, path, token, query);
  return { simulator, content, hostId, token, read };
};

/** Adds a recorded meeting of today, from nine o'clock, with one video of 1,000 bytes. */
export const addMeeting = (
  content: ContentControl,
  hostId: string,
  meeting: Partial<MeetingInput> = {},
): string =>
  content.addMeeting({
    hostId,
    topic: 'Budget review',
    start: '2026-11-20T09:00:00Z',
    minutes: 30,
    files: [{ fileType: 'MP4', bytes: 1000 }],
    ...meeting,
  });

export const itemsOf = ({ body }: Reply, name: string): Item[] => (body[name] ?? []) as Item[];

export const meetingsOf = (reply: Reply): Item[] => itemsOf(reply, 'meetings');

export const filesOf = (meeting: Item | undefined): Item[] => (meeting?.['recording_files'] ?? []) as Item[];

/** The items of every page of a list. */
export const readList = async (
  read: (path: string, query: Record<string, string>) => Promise<Reply>,
  path: string,
  name: string,
  query: Record<string, string> = {},
): Promise<Item[]> => {
  const items: Item[] = [];
  let next = '';
  do {
    const page = await read(path, { ...query, ...(next && { next_page_token: next }) });
    items.push(...itemsOf(page, name));
    next = nextTokenOf(page);
  } while (next !== '');
  return items;
};

/** The recordings of one meeting. */
export const recordingOf = async (read: (path: string) => Promise<Reply>, uuid: string): Promise<Reply> =>
  read(`/meetings/${encodeUuid(uuid)}/recordings`);

/** The `download_url` of the first file of a meeting. */
export const downloadUrlOf = async (read: (path: string) => Promise<Reply>, uuid: string): Promise<string> =>
  String(filesOf((await recordingOf(read, uuid)).body)[0]?.['download_url']);

/** Asks a `download_url` without following it. */
export const firstHop = (url: string, token: string | undefined): Promise<Response> =>
  fetch(url, {
    redirect: 'manual',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

/** The signed address that a `download_url` redirects to. */
export const signedUrlOf = async (url: string, token: string): Promise<string> =>
  (await firstHop(url, token)).headers.get('location') ?? '';

export const bytesOf = async (response: Response): Promise<Buffer> =>
  Buffer.from(await response.arrayBuffer());

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A simulator with one recorded file, and how to ask the file host for it. */
export const aDownload = async (
  file: Partial<NonNullable<MeetingInput['files']>[number]> = {},
  options: SimulatorOptions = {},
) => {
  const session = await aContent(options);
  const { content, hostId, read, token } = session;
  const uuid = addMeeting(content, hostId, { files: [{ fileType: 'MP4', bytes: 200_000, ...file }] });
  const url = await downloadUrlOf(read, uuid);
  const fetchFile = async (headers: Record<string, string> = {}) =>
    fetch(await signedUrlOf(url, token), { headers });
  return { ...session, uuid, url, fetchFile };
};

/** The sum of a file's newest version, as the simulator knows it. */
export const trueSum = async (simulator: Simulator): Promise<string | undefined> =>
  simulator.content().truth().files.at(-1)?.sha256();
