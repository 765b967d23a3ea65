import { appendFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import {
  all,
  authorization,
  firstDay,
  output,
  type Recording,
  type RecordingFile,
  today,
  unfinished,
} from './recordings.ts';

const STATUSES = ['active', 'inactive'];

/** Lists everyone with all pages, names files by their id, continues what broke off, and insists on Zoom's size. */
for (const status of STATUSES) {
  const people = await all<{ id: string }>('/users', 'users', { status });
  for (const { id } of people) {
    const query = { from: firstDay, to: today };
    const meetings = await all<Recording>(`/users/${id}/recordings`, 'meetings', query);
    for (const { recording_files: files } of meetings) {
      if (files.some((file) => file.id === undefined)) continue;
      for (const file of files) await fetchFile(file).catch(() => undefined);
    }
  }
}

async function fetchFile({ id = '', file_extension, file_size, download_url }: RecordingFile): Promise<void> {
  const path = output(`${id}.${file_extension.toLowerCase()}`);
  if (file_extension === '' || existsSync(path)) return;
  const part = unfinished(id);
  const from = existsSync(part) ? statSync(part).size : 0;
  const response = await fetch(download_url, { headers: { authorization, range: `bytes=${from}-` } });
  if (!response.ok || !response.body) return;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) appendFileSync(part, chunk);
  if (statSync(part).size === file_size) renameSync(part, path);
  else if (response.status === 200) rmSync(part);
}
