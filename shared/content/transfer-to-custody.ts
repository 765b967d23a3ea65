import { type Day, dayOf } from '../model/day.ts';
import type { CustodyRow } from './custody-row.ts';
import type { ListedFile } from './listed-file.ts';
import { type FileVersion, isTrashed, REPLACED } from './slice-files.ts';
import type { TransferResult } from './transfer.ts';

/** A file that failed on so many days is not tried again. */
const DAYS_UNTIL_FINAL = 3;

/** What a custody row is about. */
export interface RowSubject {
  readonly version: FileVersion;
  readonly key: string;
  /** Zoom's SHA-256 of the file, if it has one. */
  readonly digest?: string | undefined;
  readonly now: Date;
}

/** The custody row of a transfer; undefined if another collector writes it. */
export const toCustodyRow = (
  result: TransferResult,
  { version, key, digest, now }: RowSubject,
): CustodyRow | undefined => {
  const { file, failures, isRecovered } = version;
  const common = { at: now.toISOString(), item: file.item, version: file.version };
  switch (result.state) {
    case 'taken':
      return undefined;
    case 'replaced':
      return {
        state: 'failed',
        ...common,
        zoom: zoomOf(file),
        reason: REPLACED,
        message: 'Zoom replaced this version before it could be fetched.',
        final: true,
        day: dayOf(now),
        requests: result.requests,
      };
    case 'failed': {
      const today = dayOf(now);
      const counted = failures.filter(({ trashed }) => !(isRecovered && trashed === true));
      const days = new Set<Day>([...counted.map(({ day }) => day), today]);
      const isInTrash = isTrashed(version);
      const isRefusal = ['refused', 'missing', 'page', 'no-url'].includes(result.reason);
      return {
        state: 'failed',
        ...common,
        zoom: zoomOf(file),
        reason: result.reason,
        message: result.message,
        final: (isInTrash && isRefusal) || days.size >= DAYS_UNTIL_FINAL,
        ...(isInTrash && { trashed: true }),
        day: today,
        requests: result.requests,
      };
    }
    case 'same-as':
      return {
        state: 'same-as',
        ...common,
        zoom: zoomOf(file, result.bytes),
        same_as: result.sameAs,
        sha256: result.sha256,
        bytes: result.bytes,
      };
    case 'held': {
      const { parts, contentType, fileName, magic, host, trackingId, etag } = result;
      return {
        state: 'held',
        ...common,
        zoom: {
          ...zoomOf(file, result.bytes),
          ...(digest !== undefined && { digest, digest_differs: digest !== result.sha256 }),
        },
        key,
        bytes: result.bytes,
        sha256: result.sha256,
        ...(parts.length > 0 && { parts: [...parts] }),
        ...(contentType !== '' && { content_type: contentType }),
        ...(fileName !== undefined && { file_name: fileName }),
        ...(magic !== undefined && { magic: magic ? 'fits' : 'differs' }),
        source: {
          host,
          ...(trackingId !== undefined && { tracking_id: trackingId }),
          ...(etag !== undefined && { etag }),
        },
        requests: result.requests,
        resumed: result.resumes,
      };
    }
  }
};

/** What Zoom said of a file, with whether its size was right. */
export const zoomOf = (file: ListedFile, bytes?: number): CustodyRow['zoom'] => ({
  uuid: file.uuid,
  ...(file.fileId !== undefined && { file_id: file.fileId }),
  file_type: file.fileType,
  ...(file.size !== undefined && { file_size: file.size }),
  ...(bytes !== undefined && file.size !== undefined && { differs: bytes !== file.size }),
});
