import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { type Grant, GrantSchema, type GrantStore, type StoredGrant } from '../zoom/authorized-grant.ts';

const FILE = /^grant-(\d{6,})\.json$/;
const TEMPORARY = /^writing-[\w-]+$/;

/** A file under a temporary name for this long is a killed process's; and it holds a secret. */
const LEFTOVER_MS = 3_600_000;

/** How often a reader lists again because the file that it was about to read has been replaced. */
const MAX_READS = 20;

const OTHERS = 0o077;

/**
 * A grant in a folder that only its owner may enter: `grant-000001.json`, `grant-000002.json` …, of which the newest counts
 * and the others are removed. A file is written whole under a temporary name, flushed, and then linked to its own: the link
 * is the exclusive create that decides a race, so a grant is there whole or not at all, and a kill at any moment loses none.
 */
export class GrantFile implements GrantStore {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Opens a folder of its own, made if it isn't there. Throws ConfigurationError if others may enter it, or it can't be
   * written to.
   */
  static async open(folder: string, now: Date): Promise<GrantFile> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { mode } = await stat(folder);
      if ((mode & OTHERS) !== 0) {
        throw new ConfigurationError(
          'grant-folder-open',
          `The folder ${folder} is to hold the key to your Zoom account's logs, but others may look into it. Name another ` +
            `folder, or close this one: chmod 700 "${folder}"`,
        );
      }
      await removeLeftovers(folder, now);
    } catch (error) {
      throw unusable(folder, error);
    }
    return new GrantFile(folder);
  }

  async read(): Promise<StoredGrant | undefined> {
    for (let reads = 0; reads < MAX_READS; reads += 1) {
      const version = (await this.#versions()).at(-1);
      if (version === undefined) return undefined;
      const text = await readFile(this.#path(version), 'utf8')
        .catch(noneIfMissing)
        .catch((error: unknown) => {
          throw unusable(this.#folder, error);
        });
      if (text !== undefined) return { grant: this.#parse(version, text), version: String(version) };
    }
    throw new Error(`${this.#folder} is being written too often to be read`);
  }

  async replace(grant: Grant, version: string | undefined): Promise<boolean> {
    const newest = (await this.#versions()).at(-1);
    if (version !== newest?.toString()) return false;
    const next = (newest ?? 0) + 1;
    try {
      if (!(await this.#create(next, grant))) return false;
    } catch (error) {
      throw unusable(this.#folder, error);
    }
    return this.#settle(next);
  }

  /** False if the version is taken. */
  async #create(version: number, grant: Grant): Promise<boolean> {
    const temporary = join(this.#folder, `writing-${randomUUID()}`);
    try {
      await writeFlushed(temporary, JSON.stringify(grant));
      await link(temporary, this.#path(version));
      await flushFolder(this.#folder);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /**
   * Removes what is older than the newest. If that isn't ours, we had looked before others wrote ours and more, and then
   * took a number that they had already cleared away: ours never counted, and goes.
   */
  async #settle(ours: number): Promise<boolean> {
    const versions = await this.#versions();
    const newest = versions.at(-1) ?? ours;
    const older = versions.filter((version) => version < newest);
    await Promise.all(older.map((version) => rm(this.#path(version), { force: true })));
    return newest === ours;
  }

  /** Oldest first. */
  async #versions(): Promise<number[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      throw unusable(this.#folder, error);
    });
    return names
      .flatMap((name) => FILE.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  #parse(version: number, text: string): Grant {
    const parsed = GrantSchema.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    throw new ConfigurationError(
      'grant-damaged',
      `${this.#path(version)} is damaged: it holds no authorization. Move it away, and authorize the app again.`,
    );
  }

  #path(version: number): string {
    return join(this.#folder, `grant-${String(version).padStart(6, '0')}.json`);
  }
}

/** Closed to others from the first moment on; on the disk, not only in memory, when it returns. */
const writeFlushed = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** A link lives in its folder: without this a power cut could take the only living refresh token along. */
const flushFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const removeLeftovers = async (folder: string, now: Date): Promise<void> => {
  for (const name of (await readdir(folder)).filter((name) => TEMPORARY.test(name))) {
    const path = join(folder, name);
    const leftover = await stat(path).then(
      ({ mtimeMs }) => now.getTime() - mtimeMs > LEFTOVER_MS,
      noneIfMissing,
    );
    if (leftover) await rm(path, { force: true });
  }
};

const unusable = (folder: string, cause: unknown): ConfigurationError =>
  cause instanceof ConfigurationError
    ? cause
    : new ConfigurationError(
        'grant-folder-unusable',
        `The folder ${folder}, which is to hold the authorization, can't be used (${codeOf(cause)}). Make it a folder that ` +
          `you may write to, on a disk that knows hard links, or name another one.`,
        { cause },
      );

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);

const noneIfMissing = (error: unknown): undefined => {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
};
