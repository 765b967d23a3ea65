import { proxiesFrom } from '../../shared/model/proxies.ts';
import { KnownSecrets } from '../../shared/zoom/known-secrets.ts';
import { ZoomDownloads } from '../../shared/zoom/zoom-downloads.ts';

/** A process that downloads a URL through a proxy: `URL PROXY`. Prints the text of the file, or the failure, as JSON. */
const [url = '', proxy = ''] = process.argv.slice(2);

const NOON = new Date('2026-11-20T12:00:00Z');
const token = { value: 'sesame-open-1', apiBase: 'https://api.zoom.us/v2', expiresAt: NOON, renewFrom: NOON };
const downloads = new ZoomDownloads(
  { current: () => Promise.resolve(token), renew: () => Promise.resolve(token) },
  { clock: { now: () => NOON }, knownSecrets: new KnownSecrets() },
  { timeoutMs: 5000, proxies: proxiesFrom({ HTTPS_PROXY: proxy, HTTP_PROXY: proxy }) },
);
try {
  const { body, host, fileName } = await downloads.open(
    { url, fileType: 'MP4', what: 'the recording file 7' },
    new AbortController().signal,
  );
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  print({ host, fileName, text: Buffer.concat(chunks).toString() });
} catch (error) {
  const { failure, message } = error as { failure?: string; message: string };
  print({ failure, message });
} finally {
  await downloads.close();
}

function print(result: unknown): void {
  process.stdout.write(JSON.stringify(result));
}
