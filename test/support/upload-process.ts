import { createHash } from 'node:crypto';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { messageOf } from '../../shared/errors.ts';
import { fillBytes } from './builders/parts.ts';

/**
 * A process that uploads a file into a folder and may be killed: `FOLDER KEY PARTS PART_BYTES`. It resumes the open upload of the
 * key, if there is one, prints a line of JSON before each part, and a last one.
 */
const [folder = '', key = '', count = '', partBytes = ''] = process.argv.slice(2);

const print = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const store = await FolderStore.open(folder, new Date('2026-11-20T12:00:00Z'));
const [open] = await store.openUploads(key);
const upload = open ?? (await store.beginUpload(key, {}, Number(partBytes)));
const stored = new Map((await store.partsOf(upload))?.map((part) => [part.number, part]));
const parts = [...stored.values()];
const buffer = Buffer.alloc(Number(partBytes));
try {
  for (let number = 1; number <= Number(count); number += 1) {
    if (stored.has(number)) continue;
    fillBytes(buffer, number);
    print({ begins: number });
    parts.push(await store.putPart(upload, number, buffer));
  }
  const created = await store.completeUpload(
    upload,
    parts.sort((a, b) => a.number - b.number),
  );
  const hash = createHash('sha256');
  for await (const chunk of store.readFrom(key)) hash.update(chunk);
  const rssBytes = process.resourceUsage().maxRSS * 1024;
  print({ created: created !== undefined, sha256: hash.digest('hex'), rssBytes });
} catch (error) {
  print({ failure: messageOf(error), stored: (await store.partsOf(upload))?.length });
}
