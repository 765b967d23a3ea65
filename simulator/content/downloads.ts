import { type Answer, apiError, scopeMissing } from '../response.ts';
import type { Account } from '../account.ts';
import type { Call } from '../call.ts';
import { type Grants, livingScopes } from '../grants.ts';
import { identify } from '../permission.ts';
import type { Settings } from '../options.ts';
import { CONTENT_ENDPOINTS } from './content-endpoints.ts';
import type { ContentStore } from './content-store.ts';
import type { Links } from './links.ts';
import type { Meeting } from './model.ts';
import { recordingMissing } from './recordings.ts';

interface DownloadOptions {
  readonly stores: ReadonlyMap<Account, ContentStore>;
  readonly grants: Grants;
  readonly links: Links;
  readonly now: () => number;
  readonly settings: Settings['content'];
}

/**
 * A `download_url`: with an access token of the account that has a recording scope, or with the `download_access_token` of the meeting (as
 * Bearer, or the old way as `access_token` in the query), it redirects to a signed address of the file host. Zoom's file name is the
 * last part of its path.
 */
export const createDownloads = ({
  stores,
  grants,
  links,
  now,
  settings,
}: DownloadOptions): ((call: Call, segment: string) => Answer) => {
  const mayRead = (call: Call, account: Account, { uuid }: Meeting): Answer | undefined => {
    const token = call.bearer ?? call.query.get('access_token') ?? undefined;
    const forMeeting = token === undefined ? undefined : links.readAccessToken(token);
    if (forMeeting) {
      return forMeeting.uuid === uuid && forMeeting.expiresAt > now() ? undefined : tokenRefused();
    }
    const known = identify(grants, token);
    if ('rejection' in known) return known.rejection;
    if (known.grant.account !== account) return recordingMissing();
    const scopes = livingScopes(known.grant);
    const wanted: readonly string[] = CONTENT_ENDPOINTS.download.scopes;
    return wanted.some((scope) => scopes.includes(scope)) ? undefined : scopeMissing(wanted[0] ?? '');
  };

  return (call, segment) => {
    const key = links.readDownload(segment) ?? '';
    for (const [account, store] of stores) {
      const found = store.file(key);
      if (!found) continue;
      const { meeting, file } = found;
      const rejection = mayRead(call, account, meeting);
      if (rejection) return rejection;
      const state = store.stateOf(file);
      const isServed =
        state === 'available' || (state === 'trashed' && settings.trashedDownloads === 'serve');
      if (!isServed) return recordingMissing();
      const location = links.signedUrl(file.key, file.fileName, now() + settings.signedUrlSeconds * 1000);
      return { status: 302, headers: { location }, body: '' };
    }
    return recordingMissing();
  };
};

const tokenRefused = (): Answer => apiError(401, 124, 'Invalid access token.');
