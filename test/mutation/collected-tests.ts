import { bind } from 'jest-each';

/** Replaces `@jest/globals` in mutation runs: tests are collected when their file loads, and can be run repeatedly. */
export { expect } from 'expect';

export interface CollectedTest {
  /** The file's path and the test's full name: the same in every process. */
  readonly id: string;
  readonly file: string;
  readonly run: () => Promise<void>;
}

type Body = () => unknown;

/** A file, or a `describe` in it: its full title, and the hooks before each of its tests. */
interface Suite {
  readonly title: string;
  readonly before: Body[];
}

let file = '';
let suite: Suite = { title: '', before: [] };
let collected = new Map<string, CollectedTest>();

export const describe = Object.assign(
  (title: string, declare: () => void): void => {
    const outer = suite;
    suite = { title: `${outer.title}${title} > `, before: [...outer.before] };
    declare();
    suite = outer;
  },
  { each: bind((title, declare) => describe(title, declare as () => void), false) },
);

export const it = Object.assign(
  (title: string, body: Body): void => {
    const { title: within, before } = suite;
    const name = `${file}: ${within}${title}`;
    const id = collected.has(name) ? `${name} (${collected.size})` : name;
    const run = async () => {
      for (const each of [...before, body]) await each();
    };
    collected.set(id, { id, file, run });
  },
  { each: bind((title, body) => it(title, body as Body), false) },
);

const atExit: Body[] = [];
process.once('exit', () => atExit.forEach((body) => body()));

/** Runs once, when the process ends: its tests can be run again until then. */
export const afterAll = (body: Body): void => void atExit.push(body);

export const beforeEach = (body: Body): void => void suite.before.push(body);

/** The tests that a file declares while it loads. Files are loaded one after another. */
export const collectTests = async (
  fileName: string,
  load: () => Promise<unknown>,
): Promise<readonly CollectedTest[]> => {
  file = fileName;
  suite = { title: '', before: [] };
  collected = new Map();
  await load();
  return [...collected.values()];
};
