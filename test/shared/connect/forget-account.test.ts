import { describe, expect, it } from '@jest/globals';
import { recordAudit } from '../../../shared/audit/record-audit.ts';
import { accountOf, pinAccount } from '../../../shared/collect/state/pinned-account.ts';
import type { ErasableStore } from '../../../shared/collect/ports.ts';
import { completeConnection } from '../../../shared/connect/complete-connection.ts';
import { disconnect } from '../../../shared/connect/disconnect.ts';
import {
  forgetAccount,
  planForgetting,
  pollsEndAt,
  type TiedSource,
} from '../../../shared/connect/forget-account.ts';
import { DEFAULT_ACCOUNT } from '../../../simulator/index.ts';
import { anEntry } from '../../support/builders/audit.ts';
import {
  aBench,
  ANOTHER_ACCOUNT,
  begin,
  type Bench,
  consentedQuery,
  SOURCE,
} from '../../support/connecting.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { failureMessage, never } from '../../support/zoom.ts';

const erasable = (store: MemoryStore): ErasableStore => ({
  list: (prefix) => store.list(prefix),
  read: (key) => store.read(key),
  create: (key, body) => store.create(key, body),
  replace: (key, body) => store.replace(key, body),
  update: (key, change) => store.update(key, change),
  remove: (key) => {
    store.remove(key);
    return Promise.resolve();
  },
});

const tiedOf = ({ connecting: { source, secrets, store } }: Bench): TiedSource => ({
  source,
  secrets,
  store: erasable(store),
});

const connect = async (bench: Bench, accountId?: string): Promise<string> =>
  (await completeConnection(bench.connecting, await consentedQuery(await begin(bench), accountId), never))
    .outcome;

/** A source that was first connected to another company's account. */
const aWrongBench = async (): Promise<Bench> => {
  const bench = await aBench();
  expect(await connect(bench, ANOTHER_ACCOUNT)).toBe('connected');
  return bench;
};

describe('forgetting the account of a first connection', () => {
  it('allows the right account to be connected', async () => {
    const bench = await aWrongBench();
    expect(await connect(bench)).toBe('another-account');
    await disconnect(bench.connecting, never);

    await forgetAccount(tiedOf(bench));

    expect(bench.connecting.secrets.now).toEqual({});
    expect(await accountOf(bench.connecting.store, SOURCE)).toBeUndefined();
    expect(await connect(bench)).toBe('connected');
    expect(await accountOf(bench.connecting.store, SOURCE)).toBe(DEFAULT_ACCOUNT.accountId);
  });

  it('removes the state of reading it, and nothing else', async () => {
    const bench = await aWrongBench();
    await disconnect(bench.connecting, never);
    const { store } = bench.connecting;
    const remembered = [
      '_state/slices/operation/source=acme/dt=2026-11-20/state.json',
      '_state/runs/activity/source=acme/last-run.json',
      '_state/streams/operation/source=acme/states.json',
      '_state/polling/source=acme.json',
      '_state/budget/source=acme.json',
      'watermark/source=acme.json',
    ];
    const kept = [
      '_state/slices/operation/source=globex/dt=2026-11-20/state.json',
      '_state/sources/globex.json',
      '_state/health/source=acme.json',
      'audit/source=acme/dt=2026-11-20/20261120T093000123_connected_0a1b2c3d4e5f.jsonl',
    ];
    for (const key of [...remembered, ...kept]) await store.create(key, Buffer.from('{}'));

    const { keys } = await planForgetting(tiedOf(bench));
    await forgetAccount(tiedOf(bench));

    expect(keys.toSorted()).toEqual([...remembered, '_state/sources/acme.json'].sort());
    expect(keys.at(-1)).toBe('_state/sources/acme.json');
    const left = await Promise.all(['_state/', 'watermark/', 'audit/'].map((prefix) => store.list(prefix)));
    expect(
      left
        .flat()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(kept.toSorted());
  });

  it.each([
    'raw/operation/source=acme/dt=2026-11-20/operation_2026-11-20_000000.json.gz',
    'rejected/activity/source=acme/dt=2026-11-20/activity_2026-11-20_000000.json.gz',
    'flat/activity/source=acme/dt=2026-11-20/activity_2026-11-20_000000.json.gz',
    'ledger/operation/source=acme/dt=2026-11-20/operation_2026-11-20_000000.json',
  ])('is refused where something was collected, and changes nothing: %s', async (key) => {
    const bench = await aWrongBench();
    await disconnect(bench.connecting, never);
    await bench.connecting.store.create(key, Buffer.from('x'));
    const before = bench.connecting.secrets.now;

    for (const attempt of [planForgetting, forgetAccount]) {
      const error = await failureMessage(attempt(tiedOf(bench)));

      expect(error).toMatchObject({ reason: 'already-collected' });
      expect(error.message).toContain(key);
    }
    expect(bench.connecting.secrets.now).toEqual(before);
    expect(await accountOf(bench.connecting.store, SOURCE)).toBe(ANOTHER_ACCOUNT);
  });

  it('works regardless of what another source collected', async () => {
    const bench = await aWrongBench();
    await disconnect(bench.connecting, never);
    await bench.connecting.store.create('raw/operation/source=acme-gov/dt=2026-11-20/x', Buffer.from('x'));

    await forgetAccount(tiedOf(bench));

    expect(await accountOf(bench.connecting.store, SOURCE)).toBeUndefined();
  });

  it('is refused while the source is connected, or is being connected', async () => {
    const connected = await aWrongBench();
    const begun = await aWrongBench();
    await disconnect(begun.connecting, never);
    await begin(begun);

    for (const bench of [connected, begun]) {
      expect(await failureMessage(forgetAccount(tiedOf(bench)))).toMatchObject({ reason: 'connected-again' });
      expect(await accountOf(bench.connecting.store, SOURCE)).toBe(ANOTHER_ACCOUNT);
    }
  });

  it('can be repeated, also for a source without a pinned account', async () => {
    const bench = await aBench();

    await forgetAccount(tiedOf(bench));

    expect(await forgetAccount(tiedOf(bench))).toEqual({ accountId: undefined, keys: [], connected: false });
  });

  it('needs no secret in a folder', async () => {
    const store = new MemoryStore();
    await pinAccount(store, SOURCE, 'wrong');

    const plan = await forgetAccount({ source: { name: SOURCE }, store: erasable(store) });

    expect(plan.accountId).toBe('wrong');
    expect(await accountOf(store, SOURCE)).toBeUndefined();
  });
});

describe('polls that began before a source was disconnected', () => {
  const NOW = new Date('2026-11-20T12:00:00Z');
  const clock = { now: () => NOW };

  it.each([
    ['4 minutes ago', '2026-11-20T11:56:00.000Z', '2026-11-20T12:01:00.000Z'],
    ['just now', '2026-11-20T12:00:00.000Z', '2026-11-20T12:05:00.000Z'],
    ['6 minutes ago', '2026-11-20T11:54:00.000Z', undefined],
  ])('have ended five minutes later: disconnected %s', async (_, at, expected) => {
    const store = new MemoryStore();
    await recordAudit(store, anEntry({ at, code: 'disconnected' }));

    expect((await pollsEndAt(store, 'acme', clock))?.toISOString()).toBe(expected);
  });

  it('do not exist for a source that was never disconnected', async () => {
    expect(await pollsEndAt(new MemoryStore(), 'acme', clock)).toBeUndefined();
  });
});
