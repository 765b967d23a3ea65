import type * as z from 'zod';
import { wellFormed } from '../../model/well-formed.ts';
import type { ObjectStore } from '../ports.ts';

/** Reads a small state file; undefined if there is none or it is malformed, because each is recreated. */
export const readJson = async <T>(
  store: ObjectStore,
  key: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> => {
  const bytes = await store.read(key);
  return bytes && parseJson(bytes, schema);
};

/** The JSON in some bytes; undefined if it is invalid or does not match the schema. */
export const parseJson = <T>(bytes: Buffer, schema: z.ZodType<T>): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
};

export const writeJson = (store: ObjectStore, key: string, value: unknown): Promise<void> =>
  store.replace(key, jsonBytes(value));

/** A state file's bytes. Zoom's texts in it are made well-formed, so that every JSON reader accepts the file. */
export const jsonBytes = (value: unknown): Buffer =>
  Buffer.from(`${JSON.stringify(wellFormed(value), undefined, 2)}\n`);
