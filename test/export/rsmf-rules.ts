import { hasRightChecksum, headerOf, isAttachment, type ReadRsmf } from './read-rsmf.ts';

/** A rule for RSMF 2.0 files. A check returns what is wrong. */
export interface RsmfRule {
  readonly id: string;
  /** Who published it. */
  readonly source: string;
  readonly check: (file: ReadRsmf) => readonly string[];
}

type Json = Record<string, unknown>;

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const isText = (value: unknown): value is string => typeof value === 'string';
const isFilled = (value: unknown): value is string => isText(value) && value !== '';
const isInteger = (value: unknown): boolean => Number.isInteger(value);

const HELP = 'help.relativity.com: Relativity short message format, Creating an RSMF file';
const SCHEMA = 'relativitydev/rsmf-validator-samples: rsmf_schema_2_0_0.json';
const SAMPLES = 'relativitydev/rsmf-validator-samples: samples of the validator';
const RFC5322 = 'RFC 5322';
const RFC2045 = 'RFC 2045';
const ZIP = 'APPNOTE.TXT of PKWARE';
const JSON_RFC = 'RFC 8259';

/** What a check says of each item that fails. */
const each = <T>(items: readonly T[], isRight: (item: T) => boolean, text: (item: T) => string): string[] =>
  items.filter((item) => !isRight(item)).map(text);

const when = (isWrong: boolean, text: string): string[] => (isWrong ? [text] : []);

const participantsOf = ({ manifest }: ReadRsmf): Json[] => list(manifest['participants']);
const conversationsOf = ({ manifest }: ReadRsmf): Json[] => list(manifest['conversations']);
const eventsOf = ({ manifest }: ReadRsmf): Json[] => list(manifest['events']);
const idsOf = (items: readonly Json[]): Set<unknown> => new Set(items.map(({ id }) => id));
const attachmentsOf = (file: ReadRsmf): Json[] =>
  eventsOf(file).flatMap(({ attachments }) => list(attachments));
const reactionsOf = (file: ReadRsmf): Json[] => eventsOf(file).flatMap(({ reactions }) => list(reactions));
const editsOf = (file: ReadRsmf): Json[] => eventsOf(file).flatMap(({ edits }) => list(edits));
const customOf = (file: ReadRsmf): Json[] =>
  [...participantsOf(file), ...conversationsOf(file), ...eventsOf(file)].flatMap(({ custom }) =>
    list(custom),
  );
const linesOf = ({ bytes }: ReadRsmf): string[] => bytes.toString('latin1').split('\n');
const json = (value: unknown): string => JSON.stringify(value);

const twice = (values: readonly unknown[]): unknown[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

const ONLY: Readonly<Record<string, readonly string[]>> = {
  root: ['version', 'participants', 'conversations', 'events', 'eventcollectionid'],
  participant: ['id', 'display', 'email', 'avatar', 'account_id', 'custom'],
  conversation: ['id', 'platform', 'participants', 'type', 'display', 'icon', 'custodian', 'custom'],
  event: [
    ...['type', 'id', 'parent', 'participant', 'conversation', 'timestamp', 'body', 'deleted', 'importance'],
    ...['direction', 'reactions', 'attachments', 'edits', 'read_receipts', 'custom'],
  ],
};

const others = (kind: string, item: Json): string[] =>
  Object.keys(item)
    .filter((name) => !(ONLY[kind] ?? []).includes(name))
    .map((name) => `${kind} has the undefined property ${name}`);

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const EVENT_TYPES = ['message', 'disclaimer', 'join', 'leave', 'history', 'unknown'];
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The end of the UTF-8 text if it is none, and names that an object repeats. */
const repeatedNames = (text: string): string[] => {
  const found: string[] = [];
  const open: Set<string>[] = [];
  for (const [token, name] of text.matchAll(/[{}]|("(?:[^"\\]|\\.)*")(\s*:)?/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (name !== undefined && token.endsWith(':')) {
      if (open.at(-1)?.has(name)) found.push(name);
      open.at(-1)?.add(name);
    }
  }
  return found;
};

/** The rules that Relativity publishes for version 2.0, and those of the standards that the format is made of. */
export const RSMF_RULES: readonly RsmfRule[] = [
  {
    id: 'name',
    source: HELP,
    check: ({ name }) => when(!name.endsWith('.rsmf'), 'the name does not end in .rsmf'),
  },
  { id: 'below-2-gb', source: HELP, check: ({ bytes }) => when(bytes.length >= 2e9, 'it has 2 GB or more') },
  {
    id: 'version-header',
    source: HELP,
    check: ({ headers }) =>
      when(headerOf(headers, 'X-RSMF-Version') !== '2.0.0', 'X-RSMF-Version is not 2.0.0'),
  },
  {
    id: 'version-header-first',
    source: HELP,
    check: ({ headers }) =>
      when(headers[0]?.name !== 'X-RSMF-Version', 'X-RSMF-Version is not the first header'),
  },
  {
    id: 'custom-header-length',
    source: HELP,
    check: ({ headers }) =>
      each(
        headers,
        ({ name }) => !/^x-rsmf-/i.test(name) || name.length < 255,
        ({ name }) => `${name} is too long`,
      ),
  },
  {
    id: 'begin-and-end',
    source: HELP,
    check: (file) => {
      const times = eventsOf(file)
        .flatMap(({ timestamp }) => (isText(timestamp) ? [timestamp] : []))
        .sort();
      const stated = ['X-RSMF-BeginDate', 'X-RSMF-EndDate'].map((name) => headerOf(file.headers, name));
      return when(json(stated) !== json([times[0], times.at(-1)]), `the times are not ${json(stated)}`);
    },
  },
  {
    id: 'event-count',
    source: HELP,
    check: (file) =>
      when(
        headerOf(file.headers, 'X-RSMF-EventCount') !== String(eventsOf(file).length),
        'the count of events differs',
      ),
  },
  {
    id: 'attachment-count',
    source: HELP,
    check: (file) =>
      when(
        headerOf(file.headers, 'X-RSMF-AttachmentCount') !== String(attachmentsOf(file).length),
        'the count of attachments differs',
      ),
  },
  {
    id: 'collection-id',
    source: HELP,
    check: ({ headers, manifest }) =>
      when(
        headerOf(headers, 'X-RSMF-EventCollectionID') !== manifest['eventcollectionid'],
        'header and manifest have different collection ids',
      ),
  },
  {
    id: 'at-most-10000-events',
    source: HELP,
    check: (file) => when(eventsOf(file).length > 10_000, 'it has more than 10,000 events'),
  },
  {
    id: 'one-attachment',
    source: SAMPLES,
    check: ({ parts }) => when(parts.filter(isAttachment).length !== 1, 'it does not have one attachment'),
  },
  {
    id: 'zip-attached',
    source: HELP,
    check: ({ parts }) => {
      const headers = parts.find(isAttachment)?.headers ?? [];
      const isZip = /filename="?rsmf\.zip"?/.test(headerOf(headers, 'content-disposition') ?? '');
      const isBase64 = headerOf(headers, 'content-transfer-encoding') === 'base64';
      return when(!isZip || !isBase64, 'the attachment is not rsmf.zip in base64');
    },
  },
  {
    id: 'one-from-and-date',
    source: `${RFC5322}, 3.6`,
    check: ({ headers }) =>
      each(
        ['from', 'date'],
        (name) => headers.filter((header) => header.name.toLowerCase() === name).length === 1,
        (name) => `${name} is not there once`,
      ),
  },
  {
    id: 'date',
    source: `${RFC5322}, 3.3`,
    check: ({ headers }) =>
      when(
        !/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/.test(headerOf(headers, 'date') ?? ''),
        'the date is malformed',
      ),
  },
  {
    id: 'crlf',
    source: `${RFC5322}, 2.3`,
    check: (file) =>
      when(/(?<!\r)\n|\r(?!\n)/.test(file.bytes.toString('latin1')), 'a line does not end with CRLF'),
  },
  {
    id: 'line-length',
    source: `${RFC5322}, 2.1.1`,
    check: (file) =>
      when(
        linesOf(file).some((line) => line.length > 999),
        'a line has more than 998 bytes',
      ),
  },
  {
    id: 'ascii-headers',
    source: `${RFC5322}, 2.2`,
    check: ({ headers }) =>
      each(
        headers,
        ({ name, value }) => /^[\x20-\x7e\t]*$/.test(name + value),
        ({ name }) => `${name} is not ASCII`,
      ),
  },
  {
    id: 'encoded-words',
    source: 'RFC 2047, 2',
    check: ({ headers }) =>
      headers.flatMap(({ name, value }) =>
        [...value.matchAll(/=\?[^?\s]+\?[bq]\?[^?\s]*\?=/gi)]
          .filter(([word]) => word.length > 75)
          .map(() => `${name} has an encoded word of more than 75 characters`),
      ),
  },
  {
    id: 'base64-lines',
    source: `${RFC2045}, 6.8`,
    check: ({ parts }) =>
      parts.flatMap(({ headers, raw }) =>
        headerOf(headers, 'content-transfer-encoding') === 'base64'
          ? each(
              raw.toString('latin1').split('\r\n'),
              (line) => /^[A-Za-z0-9+/=]{0,76}$/.test(line),
              () => 'a line is no base64',
            )
          : [],
      ),
  },
  {
    id: 'manifest-at-root',
    source: HELP,
    check: ({ zip }) =>
      when(!zip?.some(({ name }) => name === 'rsmf_manifest.json'), 'there is no rsmf_manifest.json'),
  },
  {
    id: 'no-folders',
    source: SAMPLES,
    check: ({ zip = [] }) =>
      each(
        zip,
        ({ name }) => !/[/\\]/.test(name),
        ({ name }) => `${name} is in a folder`,
      ),
  },
  {
    id: 'names-once',
    source: SAMPLES,
    check: ({ zip = [] }) =>
      twice(zip.map(({ name }) => name.normalize('NFC').toLowerCase())).map(
        (name) => `${json(name)} is there twice`,
      ),
  },
  {
    id: 'stored-or-deflated',
    source: ZIP,
    check: ({ zip = [] }) =>
      each(
        zip,
        ({ method, flags }) => (method === 0 || method === 8) && (flags & 1) === 0,
        ({ name }) => `${name} is packed in another way`,
      ),
  },
  {
    id: 'utf8-flag',
    source: `${ZIP}, bit 11`,
    check: ({ zip = [] }) =>
      each(
        zip,
        ({ name, flags }) => /^[\x20-\x7e]*$/.test(name) || (flags & 0x800) !== 0,
        ({ name }) => `${name} has no UTF-8 flag`,
      ),
  },
  {
    id: 'checksums',
    source: ZIP,
    check: ({ zip = [] }) => each(zip, hasRightChecksum, ({ name }) => `${name} has another CRC-32`),
  },
  {
    id: 'attachments-are-there',
    source: SCHEMA,
    check: (file) => {
      const names = new Set(file.zip?.map(({ name }) => name));
      return each(
        attachmentsOf(file),
        ({ id }) => names.has(String(id)),
        ({ id }) => `${json(id)} is not in the zip`,
      );
    },
  },
  {
    id: 'nothing-else-is-there',
    source: HELP,
    check: (file) => {
      const ids = new Set([
        ...attachmentsOf(file).map(({ id }) => id),
        ...participantsOf(file).map(({ avatar }) => avatar),
      ]);
      return each(
        file.zip ?? [],
        ({ name }) => name === 'rsmf_manifest.json' || ids.has(name),
        ({ name }) => `nothing names ${name}`,
      );
    },
  },
  {
    id: 'utf8-without-bom',
    source: `${JSON_RFC}, 8.1`,
    check: ({ zip = [] }) => {
      const body = zip.find(({ name }) => name === 'rsmf_manifest.json')?.body ?? Buffer.alloc(0);
      return when(
        !Buffer.from(body.toString('utf8')).equals(body) || body.subarray(0, 3).toString('hex') === 'efbbbf',
        'the manifest is not UTF-8, or has a byte order mark',
      );
    },
  },
  {
    id: 'json-names-once',
    source: `${JSON_RFC}, 4`,
    check: ({ manifestText }) => repeatedNames(manifestText).map((name) => `${name} is repeated`),
  },
  {
    id: 'lone-surrogates',
    source: `${JSON_RFC}, 8.2`,
    check: ({ manifest }) =>
      when(
        !JSON.stringify(manifest).isWellFormed() || /\\ud[89a-f]/.test(JSON.stringify(manifest)),
        'it has half a surrogate pair',
      ),
  },
  {
    id: 'root-required',
    source: SCHEMA,
    check: ({ manifest }) => [
      ...when(!isText(manifest['version']), 'version is not a text'),
      ...each(
        ['participants', 'conversations', 'events'],
        (name) => Array.isArray(manifest[name]),
        (name) => `${name} is no list`,
      ),
    ],
  },
  {
    id: 'no-undefined-properties',
    source: SAMPLES,
    check: (file) => [
      ...others('root', file.manifest),
      ...participantsOf(file).flatMap((item) => others('participant', item)),
      ...conversationsOf(file).flatMap((item) => others('conversation', item)),
      ...eventsOf(file).flatMap((item) => others('event', item)),
    ],
  },
  {
    id: 'custom-filled',
    source: SCHEMA,
    check: (file) =>
      each(
        customOf(file),
        ({ name, value }) => isFilled(name) && isFilled(value),
        (item) => `custom ${json(item)} is not filled`,
      ),
  },
  {
    id: 'participant-id',
    source: SCHEMA,
    check: (file) =>
      each(
        participantsOf(file),
        ({ id }) => isFilled(id),
        (item) => `participant ${json(item)} has no id`,
      ),
  },
  {
    id: 'participant-once',
    source: SCHEMA,
    check: (file) =>
      twice(participantsOf(file).map(({ id }) => id)).map((id) => `participant ${json(id)} is there twice`),
  },
  {
    id: 'participant-email',
    source: SCHEMA,
    check: (file) =>
      each(
        participantsOf(file),
        ({ email }) => email === undefined || (isText(email) && ADDRESS.test(email)),
        ({ email }) => `${json(email)} is no address`,
      ),
  },
  {
    id: 'conversation-required',
    source: SCHEMA,
    check: (file) =>
      each(
        conversationsOf(file),
        ({ id, platform, participants }) => isText(id) && isText(platform) && Array.isArray(participants),
        (item) => `conversation ${json(item['id'])} lacks a field`,
      ),
  },
  {
    id: 'conversation-type',
    source: SCHEMA,
    check: (file) =>
      each(
        conversationsOf(file),
        ({ type }) => type === undefined || type === 'direct' || type === 'channel',
        ({ type }) => `type ${json(type)}`,
      ),
  },
  {
    id: 'conversation-participants',
    source: SAMPLES,
    check: (file) => {
      const ids = idsOf(participantsOf(file));
      const named = conversationsOf(file).flatMap(({ participants }) => list(participants) as unknown[]);
      return each(
        named,
        (id) => ids.has(id),
        (id) => `participant ${json(id)} is not declared`,
      );
    },
  },
  {
    id: 'custodian',
    source: SCHEMA,
    check: (file) =>
      each(
        conversationsOf(file),
        ({ custodian, participants }) =>
          custodian === undefined || (list(participants) as unknown[]).includes(custodian),
        ({ custodian }) => `custodian ${json(custodian)} takes no part`,
      ),
  },
  {
    id: 'event-type',
    source: SCHEMA,
    check: (file) =>
      each(
        eventsOf(file),
        ({ type }) => EVENT_TYPES.includes(String(type)),
        ({ type }) => `event of type ${json(type)}`,
      ),
  },
  {
    id: 'event-id-once',
    source: SCHEMA,
    check: (file) =>
      twice(
        eventsOf(file).flatMap(({ id, conversation }) =>
          id === undefined ? [] : [json([conversation, id])],
        ),
      ).map((id) => `event ${String(id)} is there twice`),
  },
  {
    id: 'event-parent',
    source: SCHEMA,
    check: (file) => {
      const ids = new Set(eventsOf(file).map(({ id, conversation }) => json([conversation, id])));
      return each(
        eventsOf(file),
        ({ parent, conversation, id }) =>
          parent === undefined || (parent !== id && ids.has(json([conversation, parent]))),
        ({ parent }) => `parent ${json(parent)} is not in this file`,
      );
    },
  },
  {
    id: 'event-references',
    source: SAMPLES,
    check: (file) => {
      const [people, sessions] = [idsOf(participantsOf(file)), idsOf(conversationsOf(file))];
      return each(
        eventsOf(file),
        ({ participant, conversation }) =>
          (participant === undefined || people.has(participant)) &&
          (conversation === undefined || sessions.has(conversation)),
        ({ id }) => `event ${json(id)} names what is not declared`,
      );
    },
  },
  {
    id: 'timestamps',
    source: SCHEMA,
    check: (file) =>
      each(
        [...eventsOf(file), ...editsOf(file)],
        ({ timestamp }) => timestamp === undefined || (isText(timestamp) && DATE_TIME.test(timestamp)),
        ({ timestamp }) => `${json(timestamp)} is no RFC 3339 time with a zone`,
      ),
  },
  {
    id: 'event-fields',
    source: SCHEMA,
    check: (file) =>
      each(
        eventsOf(file),
        ({ body, deleted, direction, importance, id }) =>
          (body === undefined || isText(body)) &&
          (id === undefined || isText(id)) &&
          (deleted === undefined || typeof deleted === 'boolean') &&
          (direction === undefined || direction === 'incoming' || direction === 'outgoing') &&
          (importance === undefined || importance === 'normal' || importance === 'high'),
        ({ id }) => `event ${json(id)} has a field of a wrong type`,
      ),
  },
  {
    id: 'reactions',
    source: SCHEMA,
    check: (file) => {
      const ids = idsOf(participantsOf(file));
      return each(
        reactionsOf(file),
        ({ value, count, participants }) =>
          isText(value) &&
          value.length <= 30 &&
          (count === undefined || isInteger(count)) &&
          (list(participants) as unknown[]).every((id) => ids.has(id)),
        ({ value }) => `reaction ${json(value)} is malformed`,
      );
    },
  },
  {
    id: 'attachments',
    source: SCHEMA,
    check: (file) =>
      each(
        attachmentsOf(file),
        ({ id, display, size }) =>
          isFilled(id) &&
          (display === undefined || isText(display)) &&
          (size === undefined || isInteger(size)),
        ({ id }) => `attachment ${json(id)} is malformed`,
      ),
  },
  {
    id: 'edits',
    source: SCHEMA,
    check: (file) => {
      const ids = idsOf(participantsOf(file));
      return each(
        editsOf(file),
        ({ participant, previous, new: next }) =>
          ids.has(participant) &&
          (previous === undefined || isText(previous)) &&
          (next === undefined || isText(next)),
        (item) => `edit ${json(item)} is malformed`,
      );
    },
  },
];

/** Everything that is wrong with a file: `rule: what`. */
export const problemsOf = (file: ReadRsmf): string[] =>
  RSMF_RULES.flatMap(({ id, check }) => check(file).map((text) => `${id}: ${text}`));
