import { hash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { all, authorization, firstDay, output, type Recording, today } from './recordings.ts';

/** Takes the address of a file for its identity: a file is new whenever its address is. */
for (const { id } of await all<{ id: string }>('/users', 'users', { status: 'active' })) {
  const query = { from: firstDay, to: today };
  for (const { recording_files: files } of await all<Recording>(
    `/users/${id}/recordings`,
    'meetings',
    query,
  )) {
    for (const { file_extension: extension, download_url: url } of files) {
      const path = output(`${hash('sha256', url)}.${extension.toLowerCase()}`);
      if (existsSync(path)) continue;
      const response = await fetch(url, { headers: { authorization } });
      if (!response.ok || response.headers.get('content-type')?.startsWith('text/html')) continue;
      writeFileSync(path, Buffer.from(await response.arrayBuffer()));
    }
  }
}
