import { DownloadError, type DownloadFailure } from '../content/ports.ts';
import { ConfigurationError } from '../errors.ts';
import { formatCount } from '../model/format-count.ts';
import { cutText } from '../model/well-formed.ts';
import { describeFailure, trackingIdOf } from './describe-failure.ts';
import { KnownSecrets, type Redactor } from './known-secrets.ts';
import { retryAtOf } from './retry-after.ts';
import { toError } from './zoom-errors.ts';
import { mediaTypeOf, type TransportFailure, type ZoomResponse } from './zoom-response.ts';

const MAX_HOST = 100;

/** Shorter parts of a path are words, such as "download", and shorter values are numbers: both are in other texts, too. */
const LEAST_OF_PATH = 12;
const LEAST_OF_QUERY = 8;

/**
 * The errors of one download. Paths and queries of its URLs are secrets, for they open the file: a message names hosts
 * only, and whatever else comes from outside is redacted by them and by the secrets of the connection.
 */
export class DownloadErrors implements Redactor {
  readonly #what: string;
  readonly #secrets: Redactor;
  readonly #urls = new KnownSecrets();
  readonly #now: () => Date;

  constructor(what: string, secrets: Redactor, now: () => Date) {
    this.#what = what;
    this.#secrets = secrets;
    this.#now = now;
  }

  /** Keeps a URL of the download out of all messages, and each long part of it. */
  hide(url: URL): void {
    this.#urls.add(
      `${url.pathname}${url.search}`,
      ...url.pathname.split('/').filter(({ length }) => length >= LEAST_OF_PATH),
      ...[url.search.slice(1), ...url.searchParams.values()].filter(({ length }) => length >= LEAST_OF_QUERY),
    );
  }

  redact(text: string): string {
    return this.#secrets.redact(this.#urls.redact(text));
  }

  /** Zoom's listing or a redirect leads to a host that is not Zoom's. */
  foreign(target: URL | undefined, from: URL | undefined): DownloadError {
    const leads = target ? `to ${this.#host(target)}, which is not a host of Zoom` : 'to no valid address';
    return new DownloadError(
      'foreign',
      `${from ? `${this.#host(from)} redirects the download of` : "Zoom's address of"} ${this.#what} ${from ? '' : 'leads '}${leads}. Nothing ` +
        `was sent there. If a proxy or a firewall of this network redirects, allow zoom.us in it. Otherwise please report this.`,
    );
  }

  tooManyRedirects(url: URL, count: number): DownloadError {
    return new DownloadError(
      'failed',
      `${this.#host(url)} redirects the download of ${this.#what} again after ${count} redirects. The next attempt asks Zoom for it again.`,
    );
  }

  /** There is no response. A proxy or a certificate needs an operator; the network may be back at the next attempt. */
  unreached(failure: TransportFailure, url: URL): DownloadError | ConfigurationError {
    const what = `${this.#what} from ${this.#host(url)}`;
    if (failure.phase === 'untrusted' || failure.phase === 'proxy-refused') {
      const kind = failure.phase === 'untrusted' ? 'zoom-untrusted' : 'proxy-refused';
      const { message } = toError(kind, failure, { what }, this);
      return new ConfigurationError(kind, message, { scope: 'stream' });
    }
    const proxy = failure.proxy ? ` through the proxy ${failure.proxy.host}` : '';
    return new DownloadError(
      'broken',
      `No response for ${what}${proxy}. Check this machine's network if this continues. ${describeFailure(failure, this)}`,
    );
  }

  /** The body ended early, or is not what its head promised. */
  broken(url: URL, received: number, problem: string): DownloadError {
    return new DownloadError(
      'broken',
      `The download of ${this.#what} from ${this.#host(url)} broke off after ${formatCount(received)} bytes (${problem}). Those are kept ` +
        `if the rest can be asked for. Check this machine's network if this continues.`,
    );
  }

  /** A partial response that does not continue where it was asked to. */
  wrongRange(url: URL, problem: string): DownloadError {
    return new DownloadError(
      'broken',
      `${this.#host(url)} did not continue the download of ${this.#what} where it was asked to: ${problem}. Nothing of it is used. ` +
        `Download the file from its beginning.`,
    );
  }

  encoded(url: URL, encoding: string): DownloadError {
    return new DownloadError(
      'failed',
      `${this.#host(url)} sent ${this.#what} with the Content-Encoding "${cutText(this.redact(encoding), 40)}", which was not asked ` +
        `for: the bytes would not be those of the file. If a proxy of this network compresses, switch that off for ${this.#host(url)}.`,
    );
  }

  page(response: ZoomResponse, url: URL): DownloadError {
    return this.#ofResponse(
      'page',
      response,
      `${this.#host(url)} responded for ${this.#what} with a page (${mediaTypeOf(response) || 'of no type'}) instead of the file. Zoom does ` +
        `so if the file was deleted, or if the app or its user may not download it. Check in Zoom's portal that the file still ` +
        `exists, and that the app has its scopes.`,
    );
  }

  /** A response of an error status. */
  ofStatus(response: ZoomResponse, url: URL): DownloadError {
    const host = this.#host(url);
    switch (response.status) {
      case 401:
      case 403:
        return this.#ofResponse(
          'refused',
          response,
          `${host} refuses ${this.#what}. The address may have expired: the next attempt asks Zoom for it again. If this continues, ` +
            `check that the app has the scopes for recordings, and that its user may see them.`,
        );
      case 404:
      case 410:
        return this.#ofResponse(
          'missing',
          response,
          `${host} does not have ${this.#what}. It may have been deleted, or not be ready yet. Look for it in Zoom's portal, and in its trash.`,
        );
      case 429:
        return this.#ofResponse(
          'throttled',
          response,
          `${host} limits downloads, also that of ${this.#what}. A later attempt may succeed.`,
        );
      default:
        return this.#ofResponse(
          'failed',
          response,
          `${host} failed to send ${this.#what}. A later attempt may succeed. See https://status.zoom.us if this continues.`,
        );
    }
  }

  #ofResponse(failure: DownloadFailure, response: ZoomResponse, text: string): DownloadError {
    const found = { kind: 'response', response } as const;
    const retryAt = retryAtOf(response.headers, this.#now());
    return new DownloadError(failure, `${text} ${describeFailure(found, this)}`, {
      retryAfterMs: retryAt && Math.max(0, retryAt.getTime() - this.#now().getTime()),
      zoomTrackingId: trackingIdOf(found, this),
    });
  }

  #host(url: URL): string {
    return cutText(url.host, MAX_HOST);
  }
}
