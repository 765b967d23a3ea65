import { type ChatThread, readThreads } from '../shared/app/content-archive.ts';
import { openCollected } from '../shared/app/open-store.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { sourcesOf } from './content-selection.ts';
import type { CliContext, ExitCode } from './context.ts';
import { printProse } from './output/prose.ts';
import { oneLine, plural } from './text.ts';

/** The options of `content thread`. */
export interface ThreadFlags {
  readonly out: string;
  readonly source?: string;
  readonly json?: true;
}

/** `content thread`: prints a chat message with its replies. */
export const showThread = async (id: string, flags: ThreadFlags, context: CliContext): Promise<ExitCode> => {
  const store = await openCollected(flags.out, context);
  const [thread, ...others] = await readThreads(store, await sourcesOf(store, flags), id);
  if (!thread) {
    throw new ConfigurationError(
      'nothing-there',
      `${flags.out} has no chat message ${oneLine(id)}. See content search --out ${flags.out}.`,
    );
  }
  if (others.length > 0) {
    const named = [thread, ...others].map((one) => one.id).join(', ');
    throw new ConfigurationError(
      'usage',
      `${oneLine(id)} is the beginning of several messages: ${oneLine(named)}. Give more of the id.`,
    );
  }
  if (flags.json) context.stdout(jsonToLine(thread));
  else printProse(threadToText(thread), context);
  return 0;
};

const threadToText = ({ session, source, id, hasFirst, messages }: ChatThread): string =>
  [
    `${session.name || session.members.join(', ')} (${source}, session ${session.id})`,
    `Members: ${session.members.join(', ') || 'not listed'}`,
    '',
    ...(hasFirst ? [] : [`The first message (${id}) was not collected.`]),
    ...messages.flatMap((message) => {
      const isReply = message.replyTo !== undefined;
      return messageLines(message).map((line) => (isReply ? `    ${line}` : line));
    }),
    '',
    plural(messages.length, 'message'),
  ]
    .map((line) => `${oneLine(line)}\n`)
    .join('');

const messageLines = ({
  id,
  at,
  sender,
  text,
  files,
  edits,
  deletion,
  reactions,
}: ChatThread['messages'][number]): string[] => [
  `${timeOf(at)}  ${sender.email || sender.name || 'unknown'}  ${id}`,
  ...(text ?? '').split('\n').map((line) => `  ${line}`),
  ...files.map(({ name, item }) => `  [file "${name}", item ${item}]`),
  ...edits.map((edit) => `  [edited ${timeOf(edit.at)}, text that was seen: ${edit.text}]`),
  ...(deletion ? [`  [deleted ${timeOf(deletion.at)}, text that was seen: ${deletion.text}]`] : []),
  ...reactions.filter(({ count }) => count > 0).map(({ value, count }) => `  [${value} ${count}]`),
];

const timeOf = (at: number | undefined): string =>
  at === undefined ? 'at an unknown time' : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
