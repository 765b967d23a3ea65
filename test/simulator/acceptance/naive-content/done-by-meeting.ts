import { writeFileSync } from 'node:fs';
import { authorization, firstDay, getPage, load, output, type Recording, save, today } from './recordings.ts';

/**
 * Lists the active people and one page of their recordings, saves whatever comes with status 200 under topic, day and type, and notes
 * each meeting as done.
 */
const done = new Set(load<string[]>('done', []));
const { users } = await getPage<{ users: { id: string }[] }>('/users', { page_size: '300' });
for (const { id } of users) {
  const { meetings } = await getPage<{ meetings: Recording[] }>(`/users/${id}/recordings`, {
    from: firstDay,
    to: today,
    page_size: '300',
  });
  for (const { uuid, topic, start_time: start, recording_files: files } of meetings) {
    if (done.has(uuid)) continue;
    for (const { file_type: type, file_extension: extension, download_url: url } of files) {
      const response = await fetch(url, { headers: { authorization } });
      const body = Buffer.from(await response.arrayBuffer().catch(() => new ArrayBuffer()));
      if (response.ok) {
        writeFileSync(output(`${start.slice(0, 10)} ${topic} ${type}.${extension.toLowerCase()}`), body);
      }
    }
    done.add(uuid);
  }
}
save('done', [...done]);
