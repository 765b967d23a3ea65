import { execFile } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { describeWithPython } from '../detections/describe-with-python.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { everything, exportTo, filesIn, holdCompany } from './held-company.ts';

const run = promisify(execFile);
const REQUIREMENTS = join(import.meta.dirname, 'bagit-requirements.txt');

const exported = async (format: 'bagit' | 'rsmf'): Promise<string> => {
  const into = join(temporaryFolder(), 'export');
  await exportTo(await holdCompany(join(temporaryFolder(), 'held')), into, everything(format));
  return into;
};

/** Reads an RSMF file with the mail and zip readers of Python alone. */
const READ_RSMF = `
import email, email.policy, io, json, sys, zipfile
message = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
attached = [part for part in message.iter_attachments()]
archive = zipfile.ZipFile(io.BytesIO(attached[0].get_content()))
manifest = json.loads(archive.read('rsmf_manifest.json'))
print(json.dumps({
    'defects': [str(defect) for part in message.walk() for defect in part.defects],
    'version': message['X-RSMF-Version'], 'participants': message['X-RSMF-Participants'], 'from': message['From'],
    'subject': message['Subject'], 'attachments': len(attached), 'damaged': archive.testzip(),
    'names': archive.namelist(), 'bodies': [event.get('body') for event in manifest['events']],
    'text': message.get_body(('plain',)).get_content(),
}))
`;

describeWithPython('an export, as Python reads it', { requirements: REQUIREMENTS }, (python) => {
  const validate = (folder: string) => run(python(), ['-m', 'bagit', '--validate', folder]);

  it('is a valid bag for the Library of Congress', async () => {
    const folder = await exported('bagit');

    expect((await validate(folder)).stderr).toContain('is valid');
  });

  it.each([
    ['a changed file', (folder: string) => appendFileSync(fileIn(folder, '.mp4'), 'x')],
    ['a further file', (folder: string) => writeFileSync(join(folder, 'data/more.txt'), 'x')],
    ['a changed certificate', (folder: string) => appendFileSync(join(folder, 'certificate.json'), ' ')],
  ])('is no valid bag with %s', async (_name, damage) => {
    const folder = await exported('bagit');
    damage(folder);

    await expect(validate(folder)).rejects.toThrow('is invalid');
  });

  it('is an RSMF file for the readers of mail and zip', async () => {
    const file = fileIn(await exported('rsmf'), 'Project 2026-11-19.rsmf');

    const { stdout } = await run(python(), ['-c', READ_RSMF, file]);

    expect(JSON.parse(stdout)).toEqual({
      defects: [],
      version: '2.0.0',
      participants: 'Ann Lee, ben@example.com, Zoë guest',
      from: 'Ann Lee <ann@example.com>',
      subject: 'Project 2026-11-19',
      attachments: 1,
      damaged: null,
      names: ['rsmf_manifest.json', 'ünï code.png', 'ünï code (2).png'],
      bodies: ['the plan', 'late reply \ufffd', 'files', 'gone', 'to an old one'],
      text: [
        '2026-11-18T09:00:00.000Z Ann Lee: the plan',
        '  (text seen in an edit) the plam',
        '2026-11-19T10:00:00.000Z Ann Lee: late reply \ufffd',
        '2026-11-19T10:01:00.000Z Zoë, guest: files',
        '  (attachment) ünï code.png',
        '  (attachment) ünï code.png',
        '2026-11-19T10:02:00.000Z Ann Lee: gone',
        '2026-11-19T10:04:00.000Z Ann Lee: to an old one',
        '',
      ].join('\n'),
    });
  });
});

const fileIn = (folder: string, end: string): string => {
  const found = [...filesIn(folder).keys()].find((path) => path.endsWith(end));
  if (found !== undefined) return join(folder, found);
  throw new Error(`no file in ${folder} ends in ${end}`);
};
