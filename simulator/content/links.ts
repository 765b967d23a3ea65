import { hash } from 'node:crypto';

/** Addresses and tokens that state their own content, signed: none must be kept. */
export interface Links {
  /** The `download_url` of a file: another one in every response. */
  downloadUrl(fileKey: string): string;
  /** The `download_url` of a file of an archive: in another folder for one that is attached to a chat. */
  archiveUrl(fileKey: string, folder: 'archive' | 'archive/attached'): string;
  transcriptUrl(fileKey: string): string;
  /** The `download_url` of a chat file: its `jwt` is valid until an instant and replaces the access token. */
  chatFileUrl(fileKey: string, fileId: string, expiresAt: number): string;
  /** The file of a `jwt` and when it expires; undefined if it is forged. */
  readJwt(jwt: string): { readonly fileKey: string; readonly expiresAt: number } | undefined;
  playUrl(fileKey: string): string;
  shareUrl(uuid: string): string;
  /** The file of a `download_url`'s last segment; undefined if it is forged. */
  readDownload(segment: string): string | undefined;
  /** Where a `download_url` redirects to: the file host, with a signature that is valid until an instant. */
  signedUrl(fileKey: string, fileName: string, expiresAt: number): string;
  /** The file of a signed address and when it expires; undefined if it is forged. */
  readSigned(query: URLSearchParams): { readonly fileKey: string; readonly expiresAt: number } | undefined;
  /** A `download_access_token` for the files of a meeting. */
  accessToken(uuid: string, expiresAt: number): string;
  readAccessToken(token: string): { readonly uuid: string; readonly expiresAt: number } | undefined;
}

interface LinkOptions {
  readonly seed: number;
  readonly origin: () => string;
  /** `localhost`: the file host has another name than the API, so that clients drop the token on the way. */
  readonly fileHost: 'self' | 'localhost';
}

const JWT_HEADER = Buffer.from('{"alg":"HS256"}').toString('base64url');

export const createLinks = ({ seed, origin, fileHost }: LinkOptions): Links => {
  let serial = 0;
  const sign = (text: string): string => hash('sha256', `${seed}\n${text}`, 'base64url').slice(0, 22);
  const seal = (fields: readonly (string | number)[]): string => {
    const payload = Buffer.from(JSON.stringify(fields)).toString('base64url');
    return `${payload}.${sign(payload)}`;
  };
  const unseal = (text: string): unknown[] | undefined => {
    const [payload = '', signature] = text.split('.');
    if (payload === '' || signature !== sign(payload)) return undefined;
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[];
  };

  return {
    downloadUrl: (fileKey) => `${origin()}/rec/download/${seal([fileKey, ++serial])}`,
    archiveUrl: (fileKey, folder) => `${origin()}/rec/${folder}/download/${seal([fileKey, ++serial])}`,
    transcriptUrl: (fileKey) => `${origin()}/rec/transcript/download/${seal([fileKey, ++serial])}`,
    chatFileUrl: (fileKey, fileId, expiresAt) => {
      const jwt = `${JWT_HEADER}.${seal([fileKey, expiresAt, ++serial])}`;
      return `${origin()}/file/download/${encodeURIComponent(fileId)}?jwt=${jwt}`;
    },
    readJwt: (jwt) => {
      const [header, ...sealed] = jwt.split('.');
      const fields = header === JWT_HEADER ? unseal(sealed.join('.')) : undefined;
      return fields?.length === 3 ? { fileKey: String(fields[0]), expiresAt: Number(fields[1]) } : undefined;
    },
    playUrl: (fileKey) => `${origin()}/rec/play/${seal([fileKey, ++serial])}`,
    shareUrl: (uuid) => `${origin()}/rec/share/${seal([uuid, ++serial])}`,
    readDownload: (segment) => {
      const fields = unseal(segment);
      return fields === undefined ? undefined : String(fields[0]);
    },
    signedUrl: (fileKey, fileName, expiresAt) => {
      const url = new URL(`${origin()}/replay/${fileKey}/${encodeURIComponent(fileName.toWellFormed())}`);
      if (fileHost === 'localhost') url.hostname = 'localhost';
      url.search = new URLSearchParams({
        data: seal([fileKey, expiresAt]),
        expires: String(Math.floor(expiresAt / 1000)),
      }).toString();
      return url.href;
    },
    readSigned: (query) => {
      const fields = unseal(query.get('data') ?? '');
      return fields && { fileKey: String(fields[0]), expiresAt: Number(fields[1]) };
    },
    accessToken: (uuid, expiresAt) => seal([uuid, expiresAt]),
    readAccessToken: (token) => {
      const fields = unseal(token);
      return fields?.length === 2 ? { uuid: String(fields[0]), expiresAt: Number(fields[1]) } : undefined;
    },
  };
};
