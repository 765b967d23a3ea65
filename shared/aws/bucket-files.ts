import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import { CorruptObjectError } from '../errors.ts';
import { statusOf } from './aws-errors.ts';
import { backOff } from './back-off.ts';
import { type BucketAccess, isMissing } from './bucket-access.ts';

/** The range begins behind the end of the object. */
const UNSATISFIABLE = 416;

/** A connection that broke without a byte this often in a row is given up. */
const MAX_BREAKS = 5;

/** The size of an object; undefined if there is none. */
export const sizeOfObject = async (access: BucketAccess, key: string): Promise<number | undefined> => {
  try {
    const { ContentLength } = await access.s3.send(new HeadObjectCommand(access.addressOf(key)));
    return ContentLength ?? 0;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw access.toError(error, 's3:GetObject', key);
  }
};

/**
 * The bytes of an object from an offset on. The SDK repeats a request, but not a body that breaks off: the rest is asked for, of the
 * same version.
 */
export async function* readObjectFrom(
  access: BucketAccess,
  key: string,
  from: number,
): AsyncGenerator<Uint8Array> {
  let at = from;
  let version: string | undefined;
  for (let breaks = 0; ;) {
    const opened = await openAt(access, key, at, version);
    if (!opened) return;
    version ??= opened.version;
    try {
      for await (const chunk of opened.body) {
        at += (chunk as Buffer).length;
        breaks = 0;
        yield chunk as Buffer;
      }
      return;
    } catch (error) {
      breaks += 1;
      if (breaks >= MAX_BREAKS) throw error;
      await backOff(access.retryContext, breaks);
    }
  }
}

/** Undefined if nothing is there to be read: the offset is the end, or behind it. */
const openAt = async (
  access: BucketAccess,
  key: string,
  at: number,
  version: string | undefined,
): Promise<{ body: Readable; version: string | undefined } | undefined> => {
  try {
    const { Body, ETag } = await access.s3.send(
      new GetObjectCommand({
        ...access.addressOf(key),
        ...(at > 0 && { Range: `bytes=${at}-` }),
        ...(version !== undefined && { IfMatch: version }),
      }),
    );
    return { body: Body as Readable, version: ETag };
  } catch (error) {
    if (statusOf(error) === UNSATISFIABLE) return undefined;
    if (isMissing(error)) throw new CorruptObjectError(key, 'it does not exist', { cause: error });
    throw access.toError(error, 's3:GetObject', key);
  }
};
