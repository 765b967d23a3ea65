import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encodeRawObject } from '../../shared/collect/log/raw-object.ts';
import { pinAccount } from '../../shared/collect/state/pinned-account.ts';
import { appendCustody, type CustodyRow, openCustody } from '../../shared/content/custody-row.ts';
import { fileKey, objectKey } from '../../shared/contract/object-keys.ts';
import { CHAT_STREAM } from '../../shared/content/content-streams.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { addDays, type Day, startOf } from '../../shared/model/day.ts';
import { toListedRow } from '../../shared/model/listed-row.ts';
import { childArgument } from '../child.ts';
import type { ExportCase } from '../export.ts';

/** Holds chat of some days with attached files of 10 MB each, as a collector leaves it. */
const { folder, messages, megabytes } = childArgument() as ExportCase;

const FIRST = '2026-11-01' as Day;
const DAYS = 20;
const MB_PER_FILE = 10;
const AT = new Date('2026-11-25T12:00:00Z');

const store = await FolderStore.open(folder, AT);
await pinAccount(store, 'acme', 'account');
const block = Buffer.alloc(1_000_000, 'seeded bytes of a file ');
const files = megabytes / MB_PER_FILE;
const digits = (number: number): string => number.toString(16).padStart(16, '0');

const writeFile = async (path: string, number: number): Promise<string> => {
  const hash = createHash('sha256');
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w');
  for (let part = 0; part < MB_PER_FILE; part += 1) {
    block.writeUInt32LE(number * MB_PER_FILE + part);
    hash.update(block);
    await file.writeFile(block);
  }
  await file.close();
  return hash.digest('hex');
};

for (let index = 0; index < DAYS; index += 1) {
  const day = addDays(FIRST, index);
  const slice = { source: 'acme', stream: CHAT_STREAM, day };
  const custody: CustodyRow[] = [];
  const rows: object[] = [
    {
      kind: 'session',
      session: { id: 's1', name: 'Team', type: 'Group', member_emails: ['ann@example.com'] },
    },
  ];
  const attached: object[] = [];
  for (let number = index; number < files; number += DAYS) {
    const key = fileKey(slice, digits(number), digits(number), 'bin');
    const sha256 = await writeFile(join(folder, key), number);
    const bytes = MB_PER_FILE * block.length;
    const zoom = { uuid: 's1', file_id: String(number), file_type: 'FILE' };
    const common = { at: AT.toISOString(), item: digits(number), version: digits(number), zoom };
    custody.push({ state: 'held', ...common, key, bytes, sha256, requests: 1, resumed: 0 });
    attached.push({ file_id: String(number), file_name: `file ${number}.bin`, file_size: bytes });
  }
  for (let number = 0; number < messages / DAYS; number += 1) {
    const timestamp = startOf(day).getTime() + number * 1000;
    const message = {
      id: `${index}-${number}`,
      message: `Message ${number} of the day. ${'Some words of a usual length. '.repeat(5)}`,
      sender: 'ann@example.com',
      sender_display_name: 'Ann Lee',
      timestamp,
      files: number === 0 ? attached : [],
    };
    rows.push({ kind: 'message', session_id: 's1', message });
  }
  await store.create(objectKey('raw', slice, 0), await encodeRawObject(rows.map(toListedRow), AT));
  await appendCustody(await openCustody(store, slice), custody, () => AT);
}
process.stdout.write('true\n');
