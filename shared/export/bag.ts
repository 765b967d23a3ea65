import type { WrittenFile } from './ports.ts';

/** The declaration of a bag (RFC 8493, 2.1.1). */
export const BAG_DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** The folder of the payload. */
export const PAYLOAD = 'data/';

/** A line of a manifest. Exported paths have no `%`, CR and LF, which RFC 8493 percent-encodes and some tools don't decode. */
export const manifestLine = ({ sha256, path }: Pick<WrittenFile, 'sha256' | 'path'>): string => {
  if (/[%\r\n]/.test(path))
    throw new RangeError(`${JSON.stringify(path)} has a character that bags do not agree on`);
  return `${sha256}  ${path}\n`;
};

/** The metadata of a bag. It has no date: a clock would make each export of the same content differ. */
export const bagInfo = (payload: { readonly bytes: number; readonly files: number }): string =>
  [
    'Bag-Software-Agent: zoom-log-source',
    `Payload-Oxum: ${payload.bytes}.${payload.files}`,
    'External-Description: Zoom content, exported from what was collected. certificate.json says what it rests on.',
    '',
  ].join('\n');
