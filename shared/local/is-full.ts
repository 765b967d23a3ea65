import { statfs } from 'node:fs/promises';

/** With less space than this, even the record of a failed run may not fit. */
const LEAST_BYTES = 65_536;

/** Whether the disk of a folder has no space for another object. False where the system does not report it. */
export const isFull = async (folder: string): Promise<boolean> => {
  const space = await statfs(folder).catch(() => undefined);
  if (!space || space.blocks === 0) return false; // such as a file system that counts nothing
  return space.bavail * space.bsize < LEAST_BYTES || (space.files > 0 && space.ffree === 0);
};
