import { type Answer, scopeMissing } from '../response.ts';
import type { Account } from '../account.ts';
import type { Call } from '../call.ts';
import { type Grants, livingScopes } from '../grants.ts';
import { identify } from '../permission.ts';
import type { Settings } from '../options.ts';
import { CONTENT_ENDPOINTS } from './content-endpoints.ts';
import type { ContentStore } from './content-store.ts';
import { htmlPage } from './file-host.ts';
import type { Links } from './links.ts';
import { recordingMissing } from './recordings.ts';

interface DownloadOptions {
  readonly stores: ReadonlyMap<Account, ContentStore>;
  readonly grants: Grants;
  readonly links: Links;
  readonly now: () => number;
  readonly settings: Settings['content'];
}

const redirect = (
  { links, now, settings }: DownloadOptions,
  { key, fileName }: { readonly key: string; readonly fileName: string },
): Answer => ({
  status: 302,
  headers: { location: links.signedUrl(key, fileName, now() + settings.signedUrlSeconds * 1000) },
  body: '',
});

/** The `download_url` of an archive or a transcript: with an access token of the account, it redirects to the file host. */
export const createTokenDownloads =
  (options: DownloadOptions) =>
  (endpoint: 'archive-download' | 'transcript-download', call: Call, segment: string): Answer => {
    const key = options.links.readDownload(segment) ?? '';
    const known = identify(options.grants, call.bearer);
    if ('rejection' in known) return known.rejection;
    const { account } = known.grant;
    const scopes = livingScopes(known.grant);
    const wanted: readonly string[] = CONTENT_ENDPOINTS[endpoint].scopes;
    if (!wanted.some((scope) => scopes.includes(scope))) return scopeMissing(wanted[0] ?? '');
    const file = options.stores.get(account)?.hosted(key);
    return file === undefined || file === 'gone' ? recordingMissing() : redirect(options, file);
  };

/** The `download_url` of a chat file: its own `jwt` is sufficient, until it expires. */
export const createChatDownloads =
  (options: DownloadOptions) =>
  (call: Call): Answer => {
    const jwt = options.links.readJwt(call.query.get('jwt') ?? '');
    if (!jwt || jwt.expiresAt <= options.now()) return chatUrlRefused();
    for (const store of options.stores.values()) {
      const file = store.chat.hosted(jwt.fileKey);
      if (file) return redirect(options, file);
    }
    return htmlPage(404, 'This file does not exist');
  };

/** An expired or forged `jwt`. */
export const chatUrlRefused = (): Answer => htmlPage(403, 'This link has expired');
