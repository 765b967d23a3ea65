import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  ANN,
  BEN,
  certificateIn,
  everything,
  exportTo,
  filesIn,
  FIRST,
  holdCompany,
  SECOND,
} from './held-company.ts';
import { type MimePart, type ReadRsmf, readRsmf } from './read-rsmf.ts';
import { problemsOf, RSMF_RULES } from './rsmf-rules.ts';
import type { ExportReport } from '../../shared/app/export.ts';

let files: Map<string, ReadRsmf>;
let report: ExportReport;
let into: string;
beforeAll(async () => {
  const store = await holdCompany(join(temporaryFolder(), 'held'));
  into = join(temporaryFolder(), 'export');
  report = await exportTo(store, into, everything('rsmf', { people: [ANN, BEN] }));
  files = rsmfIn(into);
});

const rsmfIn = (folder: string): Map<string, ReadRsmf> =>
  new Map(
    [...filesIn(folder)].flatMap(([path, bytes]) =>
      path.endsWith('.rsmf') ? [[path, readRsmf(path, bytes)]] : [],
    ),
  );

type Json = Record<string, unknown>;
const fileOf = (path: string): ReadRsmf => {
  const found = files.get(path);
  if (found) return found;
  throw new Error(`${path} is not among ${[...files.keys()].join(', ')}`);
};
const eventsOf = (path: string): Json[] => fileOf(path).manifest['events'] as Json[];
const [DAY1, DAY2] = [`acme/${FIRST}/Project ${FIRST}.rsmf`, `acme/${SECOND}/Project ${SECOND}.rsmf`];

describe('an RSMF export', () => {
  it('has a file for each session and day, and each satisfies every rule', () => {
    expect([...files.keys()]).toEqual([
      DAY1,
      DAY2,
      `acme/${SECOND}/ben@example.com, cy@example.com ${SECOND}.rsmf`,
    ]);
    for (const file of files.values()) expect(problemsOf(file)).toEqual([]);
  });

  it('has threads, edits and reactions', () => {
    expect(eventsOf(DAY1)).toEqual([
      {
        type: 'message',
        id: 'm1',
        participant: ANN,
        conversation: 's1',
        timestamp: `${FIRST}T09:00:00.000Z`,
        body: 'the plan',
        direction: 'outgoing',
        reactions: [{ value: '👍', count: 1, participants: [BEN] }],
        edits: [{ participant: ANN, timestamp: `${FIRST}T09:00:30.000Z`, previous: 'the plam' }],
      },
      expect.objectContaining({ id: 'm2', parent: 'm1', body: 'reply' }),
    ]);
  });

  it('has a copy of a parent of another day, and the id of one that is not selected', () => {
    const [parent, reply, , , toOld] = eventsOf(DAY2);

    expect(parent).toMatchObject({
      id: 'm1',
      custom: [{ name: 'context', value: 'copy of a message of another file' }],
    });
    expect(reply).toMatchObject({ id: 'm3', parent: 'm1', body: 'late reply \ufffd' });
    expect(toOld).toMatchObject({ id: 'm6', custom: [{ name: 'reply-to', value: 'm0' }] });
    expect(toOld).not.toHaveProperty('parent');
  });

  it('marks a deletion, and says what was seen of it', () => {
    expect(eventsOf(DAY2)[3]).toMatchObject({
      id: 'm5',
      deleted: true,
      body: 'gone',
      custom: [{ name: 'deleted-at', value: `${SECOND}T10:03:00.000Z` }],
    });
  });

  it('has attachments under different names, and names the missing one', () => {
    const [, , message] = eventsOf(DAY2);

    expect(message).toMatchObject({
      participant: 'member:member-zoe',
      attachments: [
        { id: 'ünï code.png', display: 'ünï code.png', size: 5 },
        { id: 'ünï code (2).png', display: 'ünï code.png', size: 6 },
      ],
      custom: [{ name: 'missing-attachment', value: 'lost.txt: failed (missing)' }],
    });
    const bodies = fileOf(DAY2)
      .zip?.map(({ name, body }) => [name, body.toString()])
      .slice(1);
    expect(bodies).toEqual([
      ['ünï code.png', 'first'],
      ['ünï code (2).png', 'second'],
    ]);
    expect(report).toMatchObject({
      isComplete: false,
      counts: { sessions: 3, messages: 7, chatFiles: 2 },
      notExported: [{ name: 'lost.txt', state: 'failed', reason: 'missing' }],
    });
  });

  it('says in the certificate what it rests on, and what was replaced', () => {
    expect(certificateIn(into)).toMatchObject({
      complete: false,
      days: [
        { stream: 'chat_message', day: FIRST, state: 'open' },
        { stream: 'chat_message', day: SECOND, state: 'open' },
      ],
      not_exported: [{ name: 'lost.txt', stream: 'chat_message', day: SECOND }],
      replaced: [
        { where: 'rsmf header', replaced: 'comma in a name: space', count: 1 },
        { where: 'rsmf manifest', replaced: 'lone-surrogate: U+FFFD', count: 1 },
      ],
    });
  });

  it('has zips with one fixed time, and no secret of an address', () => {
    for (const { zip = [], bytes, manifestText } of files.values()) {
      expect(new Set(zip.map(({ time, date }) => `${time} ${date}`))).toEqual(new Set(['0 33']));
      expect(`${bytes.toString('latin1')}${manifestText}`).not.toContain('secret');
    }
  });
});

/** A change of a file that breaks a rule. */
type Change = (file: ReadRsmf) => ReadRsmf;

const header =
  (name: string, value?: string): Change =>
  (file) => ({
    ...file,
    headers: file.headers.flatMap((one) =>
      one.name !== name ? [one] : value === undefined ? [] : [{ name, value }],
    ),
  });
const manifest =
  (change: (manifest: Json) => unknown): Change =>
  (file) => {
    const copy = structuredClone(file.manifest);
    change(copy);
    return { ...file, manifest: copy };
  };
const first =
  (list: string, fields: object): Change =>
  (file) =>
    manifest((copy) => Object.assign((copy[list] as Json[])[0] ?? {}, fields))(file);
const message = (fields: (event: Json) => object): Change =>
  manifest(({ events }) => {
    const event = (events as Json[]).find(({ attachments }) => attachments !== undefined) ?? {};
    Object.assign(event, fields(event));
  });
const zip =
  (change: (entry: NonNullable<ReadRsmf['zip']>[number], index: number) => object): Change =>
  (file) => ({ ...file, zip: file.zip?.map((entry, index) => ({ ...entry, ...change(entry, index) })) });
const attachment =
  (change: (part: MimePart) => MimePart): Change =>
  (file) => ({ ...file, parts: file.parts.map((part, index) => (index === 1 ? change(part) : part)) });
const text =
  (change: (text: string) => string): Change =>
  (file) =>
    readRsmf(file.name, Buffer.from(change(file.bytes.toString('latin1')), 'latin1'));
const manifestBody =
  (change: (text: string) => Buffer): Change =>
  (file) =>
    zip(({ name, body }) => (name === 'rsmf_manifest.json' ? { body: change(body.toString('utf8')) } : {}))(
      file,
    );

const BREAKS: Readonly<Record<string, Change>> = {
  name: (file) => ({ ...file, name: 'chat.eml' }),
  'below-2-gb': (file) => ({
    ...file,
    bytes: new Proxy(file.bytes, {
      get: (bytes, name) => (name === 'length' ? 2e9 : (Reflect.get(bytes, name) as unknown)),
    }),
  }),
  'version-header': header('X-RSMF-Version', '1.0.0'),
  'version-header-first': (file) => ({ ...file, headers: file.headers.toReversed() }),
  'custom-header-length': (file) => ({
    ...file,
    headers: [...file.headers, { name: `X-RSMF-${'a'.repeat(250)}`, value: '' }],
  }),
  'begin-and-end': header('X-RSMF-BeginDate', '2026-01-01T00:00:00Z'),
  'event-count': header('X-RSMF-EventCount', '1'),
  'attachment-count': header('X-RSMF-AttachmentCount'),
  'collection-id': header('X-RSMF-EventCollectionID', 'other'),
  'at-most-10000-events': manifest(
    (copy) =>
      (copy['events'] = Array.from({ length: 10_001 }, (_, id) => ({ type: 'message', id: String(id) }))),
  ),
  'one-attachment': (file) => ({ ...file, parts: [...file.parts, ...file.parts.slice(1)] }),
  'zip-attached': attachment((part) => ({
    ...part,
    headers: part.headers.filter(({ name }) => name !== 'Content-Transfer-Encoding'),
  })),
  'one-from-and-date': text((eml) => eml.replace(/^From: .*\r\n/m, '')),
  date: text((eml) => eml.replace(/^Date: .*$/m, 'Date: 2026-11-19\r')),
  crlf: text((eml) => eml.replace('\r\n', '\n')),
  'line-length': text((eml) => eml.replace('Subject: ', `Subject: ${'x'.repeat(990)}`)),
  'ascii-headers': text((eml) => eml.replace('Subject: ', 'Subject: \u00fc')),
  'encoded-words': text((eml) => eml.replace('Subject: ', `Subject: =?UTF-8?B?${'A'.repeat(72)}?= `)),
  'base64-lines': attachment((part) => ({
    ...part,
    raw: Buffer.from(part.raw.toString('latin1').replace('\r\n', '')),
  })),
  'manifest-at-root': zip(({ name }) => (name === 'rsmf_manifest.json' ? { name: 'manifest.json' } : {})),
  'no-folders': zip((_, index) => (index === 1 ? { name: 'files/a.png' } : {})),
  'names-once': zip((_, index) => (index > 0 ? { name: index === 1 ? 'A.png' : 'a.png' } : {})),
  'stored-or-deflated': zip((_, index) => (index === 1 ? { method: 12 } : {})),
  'utf8-flag': zip(({ flags }) => ({ flags: flags & ~0x800 })),
  checksums: zip((_, index) => (index === 1 ? { crc: 1 } : {})),
  'attachments-are-there': message(() => ({ attachments: [{ id: 'other.png' }] })),
  'nothing-else-is-there': message(() => ({ attachments: [] })),
  'utf8-without-bom': manifestBody((body) => Buffer.from(`\ufeff${body}`)),
  'json-names-once': (file) => ({ ...file, manifestText: file.manifestText.replace('{', '{"version":"1",') }),
  'lone-surrogates': message(() => ({ body: '\ud800' })),
  'root-required': manifest((copy) => delete copy['conversations']),
  'no-undefined-properties': message(() => ({ context: true })),
  'custom-filled': message(() => ({ custom: [{ name: 'context', value: '' }] })),
  'participant-id': first('participants', { id: '' }),
  'participant-once': manifest(({ participants }) =>
    (participants as Json[]).push((participants as Json[])[0] ?? {}),
  ),
  'participant-email': first('participants', { email: 'Ann' }),
  'conversation-required': first('conversations', { platform: undefined }),
  'conversation-type': first('conversations', { type: 'group' }),
  'conversation-participants': first('conversations', { participants: ['other'] }),
  custodian: first('conversations', { custodian: 'other' }),
  'event-type': message(() => ({ type: 'text' })),
  'event-id-once': manifest(({ events }) => (events as Json[]).push((events as Json[])[0] ?? {})),
  'event-parent': message(() => ({ parent: 'other' })),
  'event-references': message(() => ({ participant: 'other' })),
  timestamps: message(() => ({ timestamp: '2026-11-19T10:01:00' })),
  'event-fields': message(() => ({ deleted: 'yes' })),
  reactions: message(() => ({ reactions: [{ value: 'x'.repeat(31) }] })),
  attachments: message(({ attachments }) => ({
    attachments: (attachments as Json[]).map((one) => ({ ...one, size: '5' })),
  })),
  edits: message(() => ({ edits: [{ previous: 'before' }] })),
};

describe('the rules for RSMF', () => {
  it('each have a source, and a file that breaks it', () => {
    expect(RSMF_RULES.every(({ source }) => source !== '')).toBe(true);
    expect(Object.keys(BREAKS)).toEqual(RSMF_RULES.map(({ id }) => id));
  });

  it.each(RSMF_RULES)('$id fails for a file that breaks it', ({ id, check }) => {
    expect(check(BREAKS[id]?.(fileOf(DAY2)) ?? fileOf(DAY2))).not.toEqual([]);
  });
});
