import { DAY_MS, daysBetween, startOf } from '../calendar.ts';
import type { ArchivedMeetingInput } from '../content/archive-model.ts';
import type { ChatFileInput, ChatMessageInput, ChatSessionInput } from '../content/chat-model.ts';
import type { ContentCompany } from '../content/content-company.ts';
import type { MeetingInput } from '../content/model.ts';
import type { SummaryInput, TranscriptInput } from '../content/note-model.ts';
import { createSeededRandom, type SeededRandom } from '../seeded-random.ts';
import type { FileSizes } from './content-files.ts';

export interface CommunicationOptions {
  readonly seed: number;
  /** First and last day (`YYYY-MM-DD`) of the messages, both included. */
  readonly from: string;
  readonly to: string;
  /** Numbers of chat sessions and messages. Default: 40, 1200. */
  readonly sessions?: number;
  readonly messages?: number;
  /** The lengths of files in bytes, both ends included. Default: 1 KB to 20 KB. */
  readonly sizes?: FileSizes;
}

type DatedMessage = Omit<ChatMessageInput, 'at'> & { readonly id: string; readonly at: Date };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Hard cases for text: each of them is sent once at least, if there are enough messages. */
export const ODD_TEXTS: readonly string[] = [
  '🎉👩‍👩‍👧 done',
  'half an emoji: \ud83d and its other half: \ude00',
  '\u202eright to left\u202c and \u05e9\u05dc\u05d5\u05dd',
  'bell \u0007, null \u0000, escape \u001b[31m, delete \u007f',
  'first line\nsecond line\r\nthird line\u2028fourth line',
  'long '.repeat(2048),
  '<b onclick="alert(1)">bold</b> &amp; <script>alert(1)</script>',
  '=HYPERLINK("http://attacker.example","open")',
  '+1+1',
  '@SUM(A1:A9)',
  'þ thorn and ® registered, þ®',
  '',
  '   ',
  '"quoted", with a comma; and a semicolon',
];

const PLAIN_TEXTS = ['Good morning', 'On my way', 'Looks fine to me', 'Who has the figures?', 'Thanks!'];
const EMOJIS = ['👍', '🎉', '❤️', '😂'];
const FILE_NAMES = [
  'figures.csv',
  'notes.txt',
  'photo.jpg',
  'contract.pdf',
  'Übersicht "final".txt',
  '../../etc/passwd',
  '合同 🎉.pdf',
  'no extension',
];
const OUTSIDERS = ['lee@partner.example', 'kim@partner.example'];

/**
 * A month of Team Chat, archived meetings and AI notes, added to a company: members, hosts and meetings are those of the company. The same
 * company and options give the same result. There are edits, deletions, threads over days, reactions that change, bots, files, one-sided
 * sessions, external members and odd texts. Meetings with a transcript of their recording get none of the AI Companion.
 */
export const generateCommunications = (
  company: ContentCompany,
  {
    seed,
    from,
    to,
    sessions = 40,
    messages = 1200,
    sizes = { from: 1_000, to: 20_000 },
  }: CommunicationOptions,
): ContentCompany => {
  const chance = createSeededRandom(seed, 'communications');
  const emails = (company.people ?? []).filter(({ status }) => status === 'active').map(({ email }) => email);
  const plans = Array.from({ length: sessions }, (_, index) => planSession(chance, emails, index));
  const starts = daysBetween(from, to).map(startOf);
  const sent = Array.from({ length: plans.length > 0 ? messages : 0 }, (_, index) => ({
    plan: plans[index % plans.length],
    text: ODD_TEXTS[index] ?? (chance.happens(0.1) ? chance.pick(ODD_TEXTS) : chance.pick(PLAIN_TEXTS)),
    at: chance.pick(starts) + chance.integer(0, DAY_MS - 1),
  })).sort((a, b) => a.at - b.at);

  const chats = new Map(plans.map((plan): [SessionPlan, DatedMessage[]] => [plan, []]));
  for (const { plan, text, at } of sent) {
    const earlier = plan && chats.get(plan);
    if (plan && earlier) earlier.push(generateMessage(chance, plan, earlier, text, at, sizes));
  }
  const held = (company.meetings ?? []).filter(
    ({ uuid, type, start }) => uuid !== undefined && type !== 99 && isWithin(start, from, to),
  );
  return {
    ...company,
    chatSessions: plans.map((plan) => ({ ...plan, messages: chats.get(plan) ?? [] })),
    archivedMeetings: held
      .filter((_, index) => index % 5 === 0)
      .map((meeting, index) => archiveOf(chance, meeting, index, sizes)),
    summaries: held.filter((_, index) => index % 4 === 1).map((meeting) => summaryOf(chance, meeting)),
    transcripts: held
      .filter(({ files = [] }) => !files.some(({ fileType }) => fileType === 'TRANSCRIPT'))
      .filter((_, index) => index % 3 === 0)
      .map((meeting, index) => transcriptOf(chance, meeting, index, sizes)),
  };
};

const isWithin = (start: Date | string, from: string, to: string): boolean => {
  const instant = new Date(start).getTime();
  return instant >= startOf(from) && instant < startOf(to) + DAY_MS;
};

type SessionPlan = ChatSessionInput & { readonly id: string; readonly writers: readonly string[] };

/** Every other session is 1:1, one of five of these is one-sided, and one session in six has an external member. */
const planSession = (chance: SeededRandom, emails: readonly string[], index: number): SessionPlan => {
  const isDirect = index % 2 === 0;
  const outsider = index % 6 === 3 || index % 12 === 4 ? chance.pick(OUTSIDERS) : undefined;
  const count = (isDirect ? 2 : chance.integer(3, 8)) - (isDirect && outsider !== undefined ? 1 : 0);
  const members = drawMembers(chance, emails, count);
  const externalMembers = outsider === undefined ? [] : [outsider];
  const everyone = [...members, ...externalMembers];
  return {
    id: Buffer.from(chance.text(32), 'base64url').toString('hex'),
    type: isDirect ? '1:1' : 'Group',
    ...(!isDirect && { name: chance.pick(['Launch', 'Équipe Nord', '=CHANNEL()', '#random', '営業']) }),
    members,
    externalMembers,
    writers: isDirect && index % 10 === 0 ? everyone.slice(0, 1) : everyone,
  };
};

const drawMembers = (chance: SeededRandom, emails: readonly string[], count: number): string[] => {
  const left = [...emails];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(chance.integer(0, left.length - 1), 1),
  ).flat();
};

const generateMessage = (
  chance: SeededRandom,
  { type, members, writers }: SessionPlan,
  earlier: readonly DatedMessage[],
  text: string,
  at: number,
  sizes: FileSizes,
): DatedMessage => {
  const id = messageId(chance);
  const after = (hours: number): Date => new Date(at + chance.integer(1, hours * 60) * MINUTE_MS);
  const edits = chance.happens(0.12) ? chance.integer(1, 3) : 0;
  return {
    id,
    sender: chance.pick(writers),
    text,
    at: new Date(at),
    ...(earlier.length > 0 && chance.happens(0.2) && { replyTo: chance.pick(earlier).id }),
    ...(type === 'Group' && chance.happens(0.06) && { bot: true }),
    ...(chance.happens(0.1) && {
      files: Array.from({ length: chance.integer(1, 2) }, () => generateFile(chance, sizes)),
    }),
    ...(edits > 0 && {
      edits: Array.from({ length: edits }, (_, index) => ({
        text: `${text} (edit ${index + 1})`,
        at: new Date(at + (index + 1) * chance.integer(1, 20 * 60) * MINUTE_MS),
      })),
    }),
    ...(chance.happens(0.05) && { deletedAt: after(72) }),
    ...(chance.happens(0.15) && { reactions: generateReactions(chance, members, after) }),
  };
};

/** A UUID with or without braces, in upper or in lower case. */
const messageId = (chance: SeededRandom): string => {
  const id = Buffer.from(chance.text(16), 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return chance.pick([id, id.toUpperCase(), `{${id.toUpperCase()}}`]);
};

const generateReactions = (
  chance: SeededRandom,
  members: readonly string[],
  after: (hours: number) => Date,
): NonNullable<ChatMessageInput['reactions']> =>
  members.slice(0, chance.integer(1, 3)).flatMap((by) => {
    const custom = chance.happens(0.1);
    const reaction = { emoji: custom ? 'party-otter' : chance.pick(EMOJIS), by, custom };
    const at = after(24);
    const takenBack = { ...reaction, at: new Date(at.getTime() + HOUR_MS), removed: true };
    return [{ ...reaction, at }, ...(chance.happens(0.2) ? [takenBack] : [])];
  });

const generateFile = (chance: SeededRandom, { from, to }: FileSizes): ChatFileInput => ({
  name: chance.pick(FILE_NAMES),
  bytes: chance.integer(from, to),
  seed: chance.text(8),
});

/** One in seven fails, one in seven is processed for a month. */
const archiveOf = (
  chance: SeededRandom,
  { uuid, id, hostId, topic, type, start, minutes }: MeetingInput,
  index: number,
  sizes: FileSizes,
): ArchivedMeetingInput => {
  const bytes = () => chance.integer(sizes.from, sizes.to);
  const end = new Date(start).getTime() + minutes * MINUTE_MS;
  return {
    uuid,
    id,
    hostId,
    topic,
    type,
    start,
    seconds: minutes * 60,
    meetingType: chance.pick(['internal', 'external']),
    completeAt: new Date(end + (index % 7 === 5 ? 30 * DAY_MS : chance.integer(1, 12) * HOUR_MS)),
    failed: index % 7 === 3,
    files: [
      { fileType: 'MP4', bytes: bytes(), failed: index % 7 === 3 },
      { fileType: 'M4A', bytes: bytes(), individual: true, participantEmail: 'ines@quillmere.example' },
      { fileType: 'M4A', bytes: bytes(), individual: true },
      { fileType: 'CHAT_MESSAGE', extension: 'JSON', form: 'json', bytes: bytes(), numberOfMessages: 12 },
      { fileType: 'TRANSCRIPT', bytes: bytes() },
    ],
    attachedFiles: chance.happens(0.4) ? [generateFile(chance, sizes)] : [],
  };
};

const summaryOf = (
  chance: SeededRandom,
  { uuid = '', start }: MeetingInput,
): SummaryInput & { uuid: string } => {
  const later = (hours: number) => new Date(new Date(start).getTime() + (2 + hours) * HOUR_MS);
  return {
    uuid,
    content: `## ${chance.pick(PLAIN_TEXTS)}\n\n- ${chance.pick(ODD_TEXTS)}`,
    overview: chance.pick(PLAIN_TEXTS),
    details: [{ label: 'Budget', summary: chance.pick(PLAIN_TEXTS) }],
    nextSteps: ['Ines sends the figures'],
    createdAt: later(0),
    edits: chance.happens(0.3)
      ? [{ overview: 'Corrected', nextSteps: [], at: later(chance.integer(1, 72)) }]
      : [],
  };
};

/** One in five cannot be downloaded. */
const transcriptOf = (
  chance: SeededRandom,
  { uuid = '' }: MeetingInput,
  index: number,
  sizes: FileSizes,
): TranscriptInput & { uuid: string } => ({
  uuid,
  bytes: chance.integer(sizes.from, sizes.to),
  seed: chance.text(8),
  ...(index % 5 === 2 && { restriction: 'DELETED_OR_TRASHED' }),
});
