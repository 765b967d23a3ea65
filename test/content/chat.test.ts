import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createContentCollector, type ContentReport } from '../../shared/app/content.ts';
import { identifyContent, readRows } from '../../shared/content/content-log.ts';
import { readSliceFiles } from '../../shared/content/slice-files.ts';
import { verifyContent } from '../../shared/content/verify/verify-content.ts';
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

const AN_ACCOUNT = {
  people: ['ann', 'ben', 'cy', 'dee'].map((name) => ({
    email: `${name}@example.com`,
    firstName: name,
    lastName: 'Lee',
  })),
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
      // Asked for twice, a checksum is believed.
      faults: [...FAULTS, 'wrong-chat-digest*1'],
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
      chatFiles.map(async (file) => `${days.get(file.messageId)} ${file.fileId} ${await file.sha256()}`),
    );
    expect(held.sort()).toEqual(expected.sort());
    expect(held.length).toBeGreaterThan(50);
    expect(differing).toEqual([]);
  });

  it('has what verify proves, with a flat line for each row', async () => {
    const store = await FolderStore.openExisting(out);
    const { differences, streams } = await verifyContent(store, {
      readsFiles: true,
      signal: new AbortController().signal,
    });
    expect(differences).toEqual([]);
    expect(streams.map(({ stream }) => stream)).toContain('chat_message');
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

describe('chat of a few people', () => {
  let simulator: Simulator;
  let launch: string;
  beforeAll(async () => {
    simulator = await startSimulator({
      now: '2026-11-20T12:00:00Z',
      speed: SPEED,
      accounts: [{ content: AN_ACCOUNT }],
    });
    const zoom = simulator.content();
    const at = '2026-11-18T09:00:00Z';
    launch = zoom.addSession({
      type: 'Group',
      name: 'Launch',
      members: ['ann@example.com', 'ben@example.com'],
    });
    zoom.postMessage(launch, { sender: 'ben@example.com', text: 'of a member', at });
    zoom.postMessage(launch, { sender: 'ben@example.com', text: 'of a bot', at, bot: true });
    const other = zoom.addSession({
      type: 'Group',
      name: 'Other',
      members: ['cy@example.com', 'dee@example.com'],
    });
    zoom.postMessage(other, { sender: 'cy@example.com', text: 'of others', at });
    zoom.postMessage(other, { sender: 'ann@example.com', text: 'of one who left', at });
    zoom.postMessage(other, {
      sender: 'cy@example.com',
      text: 'with a file',
      at,
      files: [{ name: 'plan.pdf', bytes: 2000, digest: '0'.repeat(64) }],
    });
  });
  afterAll(() => simulator.close());

  const DAY = '2026-11-18' as Day;
  const ofDay = { from: DAY, to: DAY };
  const textsOf = async (out: string): Promise<string[]> =>
    (await rowsOf(out, [DAY])).flatMap(({ kind, row }) =>
      kind === 'message'
        ? [
            `${String(valueAt(row, 'message.message'))}, ${JSON.stringify(valueAt(row, 'in_scope_by') ?? null)}`,
          ]
        : [],
    );

  it('has the messages of which a chosen person is the sender or a member of the session, and says who that is', async () => {
    const out = temporaryFolder();
    const { problems } = await collect(simulator, out, {
      ...ofDay,
      people: ['ann@example.com', 'ben@example.com'],
      bots: false,
    });

    expect(problems).toEqual([]);
    expect((await textsOf(out)).sort()).toEqual([
      'of a member, ["ann@example.com","ben@example.com"]',
      'of one who left, ["ann@example.com"]',
    ]);
  });

  it('has messages of bots if they are chosen, and keeps a file whose checksum Zoom has wrong', async () => {
    const out = temporaryFolder();
    await collect(simulator, out, ofDay);

    expect(await textsOf(out)).toContain('of a bot, null');
    const store = await FolderStore.openExisting(out);
    const { items } = await readSliceFiles(store, { source: 'acme', stream: 'chat_message', day: DAY });
    expect([...items.values()].map(({ versions }) => versions[0]?.held)).toMatchObject([
      { state: 'held', bytes: 2000, zoom: { digest: '0'.repeat(64), digest_differs: true } },
    ]);
  });

  it('has a row for each change of reactions, also for one back to what they were', async () => {
    const out = temporaryFolder();
    const zoom = simulator.content();
    const id = zoom.postMessage(launch, {
      sender: 'ann@example.com',
      text: 'Yes?',
      at: '2026-11-18T10:00:00Z',
    });
    const reaction = { emoji: '👍', by: 'ben@example.com' };
    for (const change of ['react', 'takeBackReaction', 'react'] as const) {
      zoom[change](id, reaction);
      await collect(simulator, out, ofDay);
    }

    const counts = (await rowsOf(out, [DAY])).flatMap(({ kind, row }) =>
      kind === 'reaction' ? [(valueAt(row, 'reactions') as unknown[]).length] : [],
    );
    expect(counts).toEqual([1, 0, 1]);
  });

  it('names the days that Zoom lists no more, and collects the others', async () => {
    const out = temporaryFolder();
    const { problems, rows } = await collect(simulator, out, {
      from: '2026-05-01' as Day,
      to: '2026-05-23' as Day,
    });

    expect(problems).toMatchObject([
      { stream: 'chat_message', unit: 'days:2026-05-01..2026-05-20', reason: 'too-old' },
    ]);
    expect(rows.chat_message).toBe(0);
  });

  it('is named if its scope is missing, and the others go on', async () => {
    const account = simulator.account();
    const { scopes } = account.state;
    account.update({ scopes: scopes.filter((scope) => !scope.startsWith('report:read:chat_sessions')) });
    const { problems, people } = await collect(simulator, temporaryFolder(), ofDay);
    account.update({ scopes });

    expect(problems).toMatchObject([{ stream: 'chat_message', reason: 'scope-missing' }]);
    expect(people).toBe(4);
  });
});
