import { hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { cutText } from '../model/well-formed.ts';
import type { TextReplacements } from './text-replacements.ts';
import {
  MANIFEST_NAME,
  manifestBytes,
  RSMF_VERSION,
  type RsmfEvent,
  type RsmfManifest,
  type RsmfParticipant,
} from './rsmf-manifest.ts';
import { type ZipEntry, zipOf } from './zip.ts';

/** An RSMF file that is ready to be written. */
export interface RsmfFile {
  /** Tells what the bytes are made from: files with the same identity have the same bytes. */
  readonly identity: string;
  readonly bytes: () => Readable;
}

/** The name of the zip, as Relativity wants it. */
const ZIP_NAME = 'rsmf.zip';

/** A domain that has no mail (RFC 2606), for people whose address Zoom does not list. */
const NO_MAIL = 'zoom-log-source.invalid';

const LONGEST_SUBJECT = 200;
const LONGEST_NAME = 100;

/**
 * An RSMF file: a message (RFC 5322) with the texts of the events as its text, and the zip as its only attachment. `title` is the
 * conversation with its day.
 */
export const toRsmfFile = (
  title: string,
  manifest: RsmfManifest,
  entries: readonly (ZipEntry & { readonly sha256: string })[],
  replaced: TextReplacements,
): RsmfFile => {
  const body = manifestBytes(manifest, replaced);
  const { events, participants, conversations } = manifest;
  const digest = hash(
    'sha256',
    JSON.stringify([title, hash('sha256', body, 'hex'), entries.map(({ name, sha256 }) => [name, sha256])]),
    'hex',
  );
  const times = events.flatMap(({ timestamp }) => timestamp ?? []).sort();
  const attachments = events.reduce((sum, event) => sum + (event.attachments?.length ?? 0), 0);
  const custodian = conversations[0]?.custodian;
  const byId = new Map(participants.map((one) => [one.id, one]));
  const sender = byId.get(events[0]?.participant ?? '') ?? participants[0];
  const headers: (readonly [string, string | undefined])[] = [
    ['X-RSMF-Version', RSMF_VERSION],
    ['X-RSMF-Generator', 'zoom-log-source'],
    ['X-RSMF-BeginDate', times[0]],
    ['X-RSMF-EndDate', times.at(-1)],
    ['X-RSMF-EventCount', String(events.length)],
    ['X-RSMF-AttachmentCount', String(attachments)],
    ['X-RSMF-Application', 'Zoom'],
    ['X-RSMF-Custodian', custodian === undefined ? undefined : headerName(byId.get(custodian), replaced)],
    ['X-RSMF-Participants', participants.map((one) => headerName(one, replaced)).join(', ')],
    ['X-RSMF-EventCollectionID', manifest.eventcollectionid],
  ];
  const exactNames = new Map(headers.map(([key]) => [key.toLowerCase(), key]));
  const bytes = (): Readable =>
    new MailComposer({
      headers: headers.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }])),
      // The composer writes X-Rsmf-Version otherwise.
      normalizeHeaderKey: (key: string) => exactNames.get(key.toLowerCase()) ?? key,
      ...(sender && { from: addressOf(sender) }),
      to: participants.map(addressOf),
      subject: cutText(oneLine(title), LONGEST_SUBJECT),
      date: new Date(times[0] ?? 0),
      messageId: `<${digest.slice(0, 32)}@${NO_MAIL}>`,
      baseBoundary: digest.slice(0, 32),
      text: textOf(events, byId),
      textEncoding: 'base64',
      attachments: [
        {
          filename: ZIP_NAME,
          contentType: 'application/zip',
          contentTransferEncoding: 'base64',
          content: zipOf({ name: MANIFEST_NAME, body }, entries),
        },
      ],
      newline: 'windows',
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .createReadStream();
  return { identity: digest, bytes };
};

/** The texts of events for a full-text index. */
const textOf = (events: readonly RsmfEvent[], byId: ReadonlyMap<string, RsmfParticipant>): string =>
  events
    .map(({ timestamp = '', participant, body = '', edits = [], attachments = [] }) =>
      [
        `${timestamp} ${byId.get(participant)?.display ?? participant}: ${body}`,
        ...edits.map(({ previous }) => `  (text seen in an edit) ${previous}`),
        ...attachments.map(({ display }) => `  (attachment) ${display}`),
        '',
      ].join('\n'),
    )
    .join('')
    .toWellFormed();

const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

/** A name in a list that commas separate. */
const headerName = (participant: RsmfParticipant | undefined, replaced: TextReplacements): string => {
  const name = cutText(oneLine(participant?.display ?? ''), LONGEST_NAME);
  replaced.add('rsmf header', 'comma in a name: space', name.split(',').length - 1);
  return name.replaceAll(',', ' ').replaceAll(/ +/g, ' ');
};

const addressOf = ({ id, display, email }: RsmfParticipant) => ({
  name: cutText(oneLine(display), LONGEST_NAME),
  address: email ?? `${hash('sha256', id.toWellFormed(), 'hex').slice(0, 16)}@${NO_MAIL}`,
});
