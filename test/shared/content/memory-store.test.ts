import { describe } from '@jest/globals';
import { itKeepsTheFileStoreContract } from '../../support/contracts/file-store.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

describe('a store in memory, for tests', () => {
  itKeepsTheFileStoreContract(() => {
    const store = new MemoryStore();
    return Promise.resolve({ store, again: () => Promise.resolve(store) });
  }, 64 * 1024);
});
