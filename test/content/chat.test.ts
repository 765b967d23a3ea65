import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createContentCollector, type ContentReport } from '../../shared/app/content.ts';
import { identifyContent, readRows } from '../../shared/content/content-log.ts';
import { readSliceFiles } from '../../shared/content/slice-files.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { type Day, daysBetween } from '../../shared/model/day.ts';
import { toListedRow } from '../../shared/model/listed-row.ts';
import { valueAt } from '../../shared/model/raw-row.ts';
import { readChatDay } from '../../shared/export/read-chat.ts';
import {
  clientEnvironment,
  generateCommunications,
  generateContentCompany,
  type Simulator,
  startSimulator,
} from '../../simulator/index.ts';
import { clockOf, SPEED } from '../support/content-collection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FROM = '2026-10-20' as Day;
const TO = '2026-11-18' as Day;
const DAYS = daysBetween(FROM, TO);
const SPAN = { seed: 3, from: FROM, to: TO };

/** Faults that can strike one request: so many of the list, on average. */
const FAULTS_PER_REQUEST = 3;
const FAULTS = [
  'server-error',
  'page-token-expired',
  'edits-with-first-page',
  'edits-by-day-of-edit',
  'one-sided-session-missing',
  'bot-messages-missing',
  'session-left-out',
  'wrong-chat-digest',
  'chat-url-expired',
].map((name) => `${name}=${(0.15 / FAULTS_PER_REQUEST).toFixed(2)}`);

interface Choice {
  readonly people?: readonly string[];
  readonly bots?: boolean;
  readonly from?: Day;
  readonly to?: Day;
}

const collect = async (
  simulator: Simulator,
  out: string,
  { people, bots = true, from = FROM, to = TO }: Choice = {},
): Promise<ContentReport> => {
  const collector = await createContentCollector({
    environment: { ...clientEnvironment(simulator), ZOOM_REQUESTS_PER_SECOND: '1000' },
    out,
    source: 'acme',
    choice: {
      types: ['messages'],
      bots,
      mode: 'archive',
      people: {
        include: people ? { emails: [...people], groups: [] } : 'all',
        exclude: [],
        future: true,
      },
    },
    clock: clockOf(simulator),
    random: () => 0.5,
  });
  try {
    const task = { streams: ['person', 'chat_message'] as const, from, to };
    return await collector.collect(task, new AbortController().signal);
  } finally {
    await collector.close();
  }
};

const rowsOf = async (out: string, days: readonly Day[]) => {
  const store = await FolderStore.openExisting(out);
  const found: { kind: unknown; day: Day; row: unknown }[] = [];
  for (const day of days) {
    for (const row of await readRows(store, { source: 'acme', stream: 'chat_message', day })) {
      found.push({ kind: valueAt(row, 'kind'), day, row });
    }
  }
  return found;
};

describe('a month of chat in 40 sessions, with faults in 15 % of the requests', () => {
  let simulator: Simulator;
  const out = temporaryFolder();
  const reports: ContentReport[] = [];

  beforeAll(async () => {
    const content = generateCommunications(
      generateContentCompany({ ...SPAN, people: 20, meetings: 0 }),
      SPAN,
    );
    simulator = await startSimulator({
      now: '2026-11-22T12:00:00Z',
      speed: SPEED,
      accounts: [{ content }],
      faults: FAULTS,
    });
    reports.push(await collect(simulator, out));
    const zoom = simulator.content();
    const { messages } = zoom.truth();
    const kept = messages.filter(({ deleted, bot, day }) => !deleted && !bot && day >= '2026-10-25');
    const [first, second, third] = kept;
    if (!first || !second || !third) throw new Error('there are no messages');
    zoom.editMessage(first.id, 'edited weeks later');
    zoom.deleteMessage(second.id);
    const reaction = { emoji: '🐢', by: first.sender };
    zoom.react(third.id, reaction);
    simulator.clock.advance(8 * 86_400_000);
    reports.push(await collect(simulator, out, { from: TO }));
    zoom.takeBackReaction(third.id, reaction);
    simulator.clock.advance(24 * 86_400_000);
    // A list that faults change at each reading is read again by the next run.
    for (let runs = 0; runs < 4 && (runs === 0 || reports.at(-1)?.problems.length !== 0); runs += 1) {
      reports.push(await collect(simulator, out));
    }
  }, 300_000);
  afterAll(() => simulator.close());

  it('has exactly the messages, edits and deletions of the truth, each once and on the day of its message', async () => {
    const truth = simulator.content().truth();
    const within = ({ day }: { day: string }): boolean => day >= FROM && day <= TO;
    const rows = await rowsOf(out, DAYS);
    const of = (kind: string): string[] =>
      rows
        .filter((row) => row.kind === kind)
        .map(({ day, row }) =>
          JSON.stringify([
            day,
            valueAt(row, 'session_id'),
            valueAt(row, 'message.id'),
            ...(kind === 'message'
              ? []
              : [valueAt(row, 'message.action_timestamp'), valueAt(row, 'message.message')]),
          ]),
        )
        .sort();

    const sent = truth.messages.filter(within);
    const listed = sent.filter(({ deleted }) => !deleted);
    const key = ({ day, sessionId, id }: (typeof sent)[number]) => JSON.stringify([day, sessionId, id]);
    expect([...new Set(of('message'))].filter((one) => !sent.map(key).includes(one))).toEqual([]);
    expect(listed.map(key).filter((one) => !of('message').includes(one))).toEqual([]);
    expect(of('edit')).toEqual(
      truth.edits
        .filter(within)
        .map(({ day, sessionId, messageId, actionTimestamp, after }) =>
          JSON.stringify([day, sessionId, messageId, actionTimestamp, after]),
        )
        .sort(),
    );
    expect(of('delete')).toEqual(
      truth.deletions
        .filter(within)
        .map(({ day, sessionId, messageId, actionTimestamp, text }) =>
          JSON.stringify([day, sessionId, messageId, actionTimestamp, text]),
        )
        .sort(),
    );
    expect([sent.length > 1000, truth.edits.length > 100, truth.deletions.length > 20]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('has no row twice', async () => {
    const digests = (await rowsOf(out, DAYS)).map(({ day, row }) => {
      const slice = { source: 'acme', stream: 'chat_message', day } as const;
      return `${day} ${identifyContent(slice, toListedRow(row)).digest}`;
    });
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('has the present text and the present reactions of each message', async () => {
    const store = await FolderStore.openExisting(out);
    const truth = simulator.content().truth();
    const ids = new Map(truth.people.map(({ id, email }) => [email, id]));
    const found = new Map<string, unknown>();
    for (const day of DAYS) {
      for (const { messages } of (await readChatDay(store, 'acme', day)).conversations) {
        for (const { id, text, reactions } of messages) {
          found.set(id, { text, reactions: reactions.map(({ value, count }) => `${value} ${count}`).sort() });
        }
      }
    }
    const listed = truth.messages.filter(({ deleted, day }) => !deleted && day >= FROM && day <= TO);
    expect(ids.size).toBeGreaterThan(0);
    expect(Object.fromEntries(listed.map(({ id }) => [id, found.get(id)]))).toEqual(
      Object.fromEntries(
        listed.map(({ id, text, reactions }) => [
          id,
          { text, reactions: reactions.map(({ emoji, by }) => `${emoji} ${by.length}`).sort() },
        ]),
      ),
    );
  });

  it('holds each file with its true bytes, and finds no difference to the checksums of Zoom', async () => {
    const store = await FolderStore.openExisting(out);
    const held: string[] = [];
    const differing: unknown[] = [];
    for (const day of DAYS) {
      const { items } = await readSliceFiles(store, { source: 'acme', stream: 'chat_message', day });
      for (const { versions } of items.values()) {
        for (const { file, held: line } of versions) {
          held.push(`${day} ${file.fileId} ${line?.sha256}`);
          if (line?.zoom.digest_differs === true) differing.push(file.fileId);
        }
      }
    }
    const { messages, chatFiles } = simulator.content().truth();
    const days = new Map(messages.map(({ id, day }) => [id, day]));
    const expected = await Promise.all(
      chatFiles.map(
        async ({ messageId, fileId, sha256 }) => `${days.get(messageId)} ${fileId} ${await sha256()}`,
      ),
    );
    expect(held.sort()).toEqual(expected.sort());
    expect(held.length).toBeGreaterThan(50);
    expect(differing).toEqual([]);
  });

  it('closes each day', () => {
    expect(reports.at(-1)?.problems).toEqual([]);
    expect(
      new Set(
        reports
          .flatMap(({ closed }) => closed)
          .filter(({ stream }) => stream === 'chat_message')
          .map(({ day }) => day),
      ),
    ).toEqual(new Set(DAYS));
  });
});
