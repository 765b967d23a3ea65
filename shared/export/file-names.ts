import { keyOfName, numbered, safeText } from '../content/file-name.ts';

/** File systems allow 255 bytes of a name: a number may be added. */
const MOST_BYTES = 160;

/** A name with an extension. */
const EXTENDED = /^(.+)\.([A-Za-z0-9]{1,12})$/s;

/** Names that Windows keeps for devices, whatever their extension is. */
const DEVICE = /^(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?=\.|$)/i;

/**
 * A safe name for an exported file: one part of a path on every file system, in every bag and in every zip. It has no `%`, which
 * tools for bags do not agree on, no delimiter of load files, and always an extension.
 */
export const toExportName = (text: string): string => {
  const [, start = '', end = ''] = EXTENDED.exec(text) ?? [undefined, text];
  const plain = start.replaceAll('%', '_').replaceAll('þ', 'th').replaceAll('®', '(R)');
  const name = safeText(plain, MOST_BYTES) || 'file';
  return `${name.replace(DEVICE, '_$&')}.${end || 'bin'}`;
};

/** Names of one folder: different from each other without regard to case and to the form of accents. */
export class FreeNames {
  readonly #taken: Set<string>;

  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken.map(keyOfName));
  }

  /** The safe name of a text, with a number if it is taken. */
  take(text: string): string {
    const name = toExportName(text);
    for (let number = 1; ; number += 1) {
      const free = numbered(name, number);
      if (this.#taken.has(keyOfName(free))) continue;
      this.#taken.add(keyOfName(free));
      return free;
    }
  }
}

/** Free paths in folders that are filled one after the other, so that only the names of one are kept. */
export class FreePaths {
  #names = new FreeNames();
  #folder = '';

  /** A free path in a folder for the safe name of a text. */
  take(folder: string, text: string): string {
    if (folder !== this.#folder) {
      this.#folder = folder;
      this.#names = new FreeNames();
    }
    return `${folder}/${this.#names.take(text)}`;
  }
}
