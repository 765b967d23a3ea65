import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { inShell, zoomLogSource } from '../support/command.ts';
import { deliverDemo } from '../support/fixtures/demo-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let out: string;
beforeAll(async () => {
  ({ out } = await deliverDemo());
});

describe('a reader that closes the pipe', () => {
  it.each([
    ['show, as JSON', 'show --json', 'head -1'],
    ['show, as a table', 'show --limit 100000', 'head -1'],
    ['query, as it answers', "query 'SELECT * FROM zoom_events' --json", 'head -1'],
    ['query, as a table', "query 'SELECT * FROM zoom_events' --limit 5000", 'head -1'],
    ['status, again and again', 'status --watch 1', 'head -1'],
    ['status', 'status', 'true'],
    ['verify', 'verify', 'true'],
    ['detect', 'detect', 'true'],
  ])('ends %s quietly, with the status of a closed pipe', async (_, command, reader) => {
    const line = `zoom-log-source ${command} --out '${out}' | ${reader} >/dev/null; echo "\${PIPESTATUS[0]}"`;

    expect(await inShell(line)).toEqual({ code: 0, stdout: '141\n', stderr: '' });
  });

  it.each([
    ['demo', 'head -1'],
    ['simulator', 'true'],
    ['--help', 'true'],
    ['query --list', 'true'],
  ])('ends %s quietly, too', async (command, reader) => {
    const line = `zoom-log-source ${command} | ${reader} >/dev/null; echo "\${PIPESTATUS[0]}"`;

    expect(await inShell(line, { cwd: temporaryFolder() })).toEqual({ code: 0, stdout: '141\n', stderr: '' });
  });

  it('is distinguished from a full disk', async () => {
    const { code, stderr } = await inShell(`zoom-log-source show --out '${out}' --json >/dev/full`);

    expect(code).toBe(1);
    expect(stderr).toBe('The output could not be written: ENOSPC: no space left on device, write\n');
  });
});

describe('names in a folder that no source has', () => {
  it('are named with their escape sequences escaped, and not used', async () => {
    const folder = join(temporaryFolder(), 'out');
    cpSync(out, folder, { recursive: true });
    const name = 'x\u001b]0;TITLE\u0007\u009b';
    writeFileSync(join(folder, `_state/sources/${name}.json`), '{"name":"x","accountId":"a"}');
    for (const root of ['raw', 'flat']) {
      const [from, to] = ['quillmere', name].map((source) =>
        join(folder, root, 'operation', `source=${source}`),
      );
      mkdirSync(join(folder, root), { recursive: true });
      cpSync(from ?? '', to ?? '', { recursive: true });
    }

    const status = await zoomLogSource(['status', '--out', folder]);
    const show = await zoomLogSource(['show', '--out', folder, '--json']);
    const query = await zoomLogSource([
      'query',
      'SELECT DISTINCT source FROM zoom_events',
      '--out',
      folder,
      '--json',
    ]);
    const verify = await zoomLogSource(['verify', '--out', folder]);

    expect(status.stdout).not.toContain('TITLE');
    expect(status.stderr).toContain(
      '_state/sources/x\\u001b]0;TITLE\\u0007\\u009b.json does not name a source and was ignored.',
    );
    expect(show.stdout).not.toContain('TITLE');
    expect(query.stdout).toBe('{"source":"quillmere"}\n');
    expect(verify.stdout).toContain('foreign-object  raw/operation/source=x\\u001b]0;TITLE\\u0007\\u009b/');
    for (const { stdout, stderr } of [status, show, query, verify]) {
      // eslint-disable-next-line no-control-regex -- that none reaches the terminal is the point
      expect(stdout + stderr).not.toMatch(/[\u001b\u0007\u0080-\u009f]/);
    }
  });
});
