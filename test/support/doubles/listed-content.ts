import type { ContentListings, ListPage, ListRequest } from '../../../shared/content/listings.ts';
import { type Download, DownloadError, type Downloads } from '../../../shared/content/ports.ts';
import { toListedRow } from '../../../shared/model/listed-row.ts';

/** A recording as a list has it. */
export interface ListedMeeting {
  readonly uuid: string;
  readonly start_time: string;
  readonly recording_files: readonly object[];
}

const HOST = { id: 'host-1', email: 'ann@quillmere.example', status: 'active' };

const page = (rows: readonly object[]): ListPage => ({
  index: 0,
  rows: rows.map((row) => toListedRow(row)),
  total: rows.length,
  last: true,
  absent: false,
});

/** Zoom's lists of an account with one person, whose recordings a test sets. */
export class ListedContent implements ContentListings {
  recordings: ListedMeeting[] = [];
  trash: ListedMeeting[] = [];
  /** The files that only the request for one meeting has. */
  participantAudio: object[] = [];
  /** How many people Zoom counts whom its list lacks. */
  missingPeople = 0;
  /** Thrown by every list of recordings. */
  failure: Error | undefined;
  /** Thrown by the request for one meeting. */
  meetingFailure: Error | undefined;

  async *pages({ path, query }: ListRequest): AsyncGenerator<ListPage> {
    await Promise.resolve();
    if (path === '/users') {
      const people = page(query['status'] === 'active' ? [HOST] : []);
      yield { ...people, total: people.rows.length + this.missingPeople };
      return;
    }
    if (!path.endsWith('/recordings')) yield page([]);
    else if (this.failure) throw this.failure;
    else if (query['trash'] === undefined) yield page(this.recordings);
    else yield page(query['trash_type'] === 'meeting_recordings' ? this.trash : []);
  }

  one({ path }: { readonly path: string }): ReturnType<ContentListings['one']> {
    if (this.meetingFailure) return Promise.reject(this.meetingFailure);
    const found = this.recordings.find(({ uuid }) => path.includes(encodeURIComponent(uuid)));
    const row = found && toListedRow({ ...found, participant_audio_files: this.participantAudio });
    return Promise.resolve(row);
  }
}

/** A file host whose files have their address as their bytes, and which refuses files while `refuses` is set. */
export class ListedDownloads implements Downloads {
  refuses = false;

  open({ url }: { readonly url: string }): Promise<Download> {
    if (this.refuses) return Promise.reject(new DownloadError('missing', 'There is no such file.'));
    const body = Buffer.from(url);
    return Promise.resolve({
      offset: 0,
      bytes: body.length,
      framing: 'length',
      etag: undefined,
      contentType: 'text/plain',
      fileName: undefined,
      host: 'ssrweb.zoom.us',
      trackingId: undefined,
      body: (async function* () {
        await Promise.resolve();
        yield body;
      })(),
      discard: () => undefined,
    });
  }
}
