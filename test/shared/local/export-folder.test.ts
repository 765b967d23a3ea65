import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { LocalExportFolder } from '../../../shared/local/export-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SUBJECT = '{"selection":1}\n';
const MARK = '.zoom-log-source-export';

/** An export in progress whose journal names some paths. */
const inProgress = (paths: readonly string[]): { root: string; victim: string } => {
  const parent = temporaryFolder();
  const [root, victim] = [join(parent, 'export'), join(parent, 'victim')];
  mkdirSync(join(root, MARK), { recursive: true });
  writeFileSync(victim, 'kept');
  writeFileSync(join(root, MARK, 'export.json'), SUBJECT);
  const entry = { identity: '', bytes: 4, sha256: '0'.repeat(64) };
  const lines = paths.map((path) => `${JSON.stringify({ ...entry, path })}\n`);
  writeFileSync(join(root, MARK, 'written.jsonl'), lines.join(''));
  return { root, victim };
};

it('a journal with a path outside of its folder removes nothing there', async () => {
  const { root, victim } = inProgress(['../victim', 'a/../../victim']);

  const folder = await LocalExportFolder.open(root, SUBJECT);
  await folder.finish();

  expect(readFileSync(victim, 'utf8')).toBe('kept');
  expect(existsSync(join(root, MARK))).toBe(false);
});

it('a file that only an earlier run wrote is removed', async () => {
  const { root } = inProgress(['earlier.txt']);
  writeFileSync(join(root, 'earlier.txt'), 'text');

  const folder = await LocalExportFolder.open(root, SUBJECT);
  await folder.finish();

  expect(existsSync(join(root, 'earlier.txt'))).toBe(false);
});
