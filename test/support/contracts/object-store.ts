import { expect, it } from '@jest/globals';
import type { ErasableStore, ObjectStore } from '../../../shared/collect/ports.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

/** The contract of every object store. `open` gives an empty one. */
export const itKeepsTheObjectStoreContract = (open: () => Promise<ObjectStore>): void => {
  it('returns exactly the bytes that were created', async () => {
    const store = await open();
    const body = Buffer.from([0, 255, 10, 13, 128, 7]);

    await store.create('raw/a/one.json.gz', body, { records: '1' });

    expect(await store.read('raw/a/one.json.gz')).toEqual(body);
  });

  it('has nothing under a key that was never written', async () => {
    const store = await open();

    expect(await store.read('raw/a/none.json.gz')).toBeUndefined();
    expect(await store.list('raw/a/')).toEqual([]);
  });

  it('creates a key once: for the second writer it reports a conflict, and changes nothing', async () => {
    const store = await open();
    const first = await store.create('raw/a/one', bytes('first'), {});

    const second = await store.create('raw/a/one', bytes('second'), {});

    expect(first?.key).toBe('raw/a/one');
    expect(second).toBeUndefined();
    expect(await store.read('raw/a/one')).toEqual(bytes('first'));
  });

  it('lets exactly one of twenty racing writers create a key', async () => {
    const store = await open();
    const writers = Array.from({ length: 20 }, (_, writer) => `writer ${writer}`);

    const created = await Promise.all(writers.map((text) => store.create('raw/a/race', bytes(text), {})));

    const winners = writers.filter((_, writer) => created[writer] !== undefined);
    expect(winners).toHaveLength(1);
    expect((await store.read('raw/a/race'))?.toString()).toBe(winners[0]);
  });

  it('lists the keys under a prefix in order, and no others', async () => {
    const store = await open();
    for (const key of ['raw/a/2', 'raw/a/10', 'raw/a/x/1', 'raw/ab/1', 'flat/a/1']) {
      await store.create(key, bytes(key), {});
    }

    const keys = (await store.list('raw/a/')).map(({ key }) => key);

    expect(keys).toEqual(['raw/a/10', 'raw/a/2', 'raw/a/x/1']);
  });

  it('lists more keys than one page of a bucket listing holds', async () => {
    const store = await open();
    const keys = Array.from({ length: 1100 }, (_, number) => `raw/many/${String(number).padStart(6, '0')}`);
    for (let start = 0; start < keys.length; start += 50) {
      await Promise.all(keys.slice(start, start + 50).map((key) => store.create(key, bytes('x'), {})));
    }

    expect((await store.list('raw/many/')).map(({ key }) => key)).toEqual(keys);
  });

  it('returns the same version of an object from create and from list', async () => {
    const store = await open();

    const created = await store.create('raw/a/one', bytes('one'), {});

    expect(await store.list('raw/a/')).toEqual([created]);
  });

  it('returns another version once the bytes of an object have changed', async () => {
    const store = await open();
    await store.replace('_state/cache', bytes('before'));
    const [before] = await store.list('_state/');

    await store.replace('_state/cache', bytes('behind'));

    expect((await store.list('_state/'))[0]?.version).not.toBe(before?.version);
  });

  it('replaces a state file as a whole, with concurrent writers', async () => {
    const store = await open();
    const texts = Array.from({ length: 20 }, (_, writer) => String(writer).repeat(10_000));

    await Promise.all(texts.map((text) => store.replace('_state/cache', bytes(text))));

    expect(texts).toContain((await store.read('_state/cache'))?.toString());
  });

  it('updates a state file from its content, and from nothing if there is none', async () => {
    const store = await open();
    const seen: (string | undefined)[] = [];
    const note = (text: string) => (before: Buffer | undefined) => {
      seen.push(before?.toString());
      return bytes(text);
    };

    await store.update('_state/count', note('one'));
    await store.update('_state/count', note('two'));

    expect(seen).toEqual([undefined, 'one']);
    expect(await store.read('_state/count')).toEqual(bytes('two'));
  });

  it('loses none of the changes of twelve racing writers', async () => {
    const store = await open();
    const addOne = (before: Buffer | undefined) => bytes(String(Number(before?.toString() ?? 0) + 1));

    await Promise.all(Array.from({ length: 12 }, () => store.update('_state/count', addOne)));

    expect((await store.read('_state/count'))?.toString()).toBe('12');
  });
};

/** The additional contract of a store from which an operator may remove state. */
export const itKeepsTheErasableStoreContract = (open: () => Promise<ErasableStore>): void => {
  it('removes state of the connector, whether it exists or not', async () => {
    const store = await open();
    await store.create('_state/sources/acme.json', bytes('x'), {});
    await store.create('watermark/source=acme.json', bytes('x'), {});

    for (const key of ['_state/sources/acme.json', 'watermark/source=acme.json', '_state/none'])
      await store.remove(key);

    expect(await store.read('_state/sources/acme.json')).toBeUndefined();
    expect(await store.list('watermark/')).toEqual([]);
  });

  it.each(['raw/a/one', 'flat/a/one', 'ledger/a/one', 'audit/a/one', 'x/_state/one'])(
    'never removes anything else: %s',
    async (key) => {
      const store = await open();
      await store.create(key, bytes('kept'), {});

      await expect(store.remove(key)).rejects.toThrow('must not be removed');

      expect(await store.read(key)).toEqual(bytes('kept'));
    },
  );
};
