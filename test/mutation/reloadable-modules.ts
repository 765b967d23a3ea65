import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Replaced modules: the imported name and its replacement. */
const STAND_INS: Readonly<Record<string, string>> = {
  '@jest/globals': new URL('./collected-tests.ts', import.meta.url).href,
  'fast-check': new URL('./bounded-properties.ts', import.meta.url).href,
};

/** The TypeScript modules of a folder, which can be loaded again: Node caches a module by its address. */
export interface ReloadableModules {
  /** Loads a file, and everything that it imports from the folder, in a new generation. */
  load: (file: string, generation: number) => Promise<unknown>;
  /** Whether a loaded file imports another, directly or indirectly. */
  reaches: (file: string, target: string) => boolean;
}

export const reloadableModules = (folder: string): ReloadableModules => {
  const root = pathToFileURL(join(folder, '/')).href;
  const sources = new Map<string, string>();
  const imports = new Map<string, Set<string>>();
  let current = 0;

  const isOurs = (url: string): boolean =>
    url.startsWith(root) && !url.includes('/node_modules/') && /\.ts(?:$|\?)/.test(url);
  const pathOf = (url: string): string => relative(folder, fileURLToPath(url));

  registerHooks({
    resolve: (specifier, context, next) => {
      const from = context.parentURL ?? '';
      const standIn = STAND_INS[specifier];
      if (standIn !== undefined && isOurs(from)) return { url: standIn, shortCircuit: true };
      const resolved = next(specifier, context);
      if (!isOurs(resolved.url) || Object.values(STAND_INS).includes(resolved.url)) return resolved;
      if (isOurs(from)) {
        const known = imports.get(pathOf(from)) ?? new Set();
        imports.set(pathOf(from), known.add(pathOf(resolved.url)));
      }
      const url = new URL(resolved.url);
      url.search = `generation=${current}`;
      return { ...resolved, url: url.href };
    },
    load: (url, context, next) => {
      if (!isOurs(url)) return next(url, context);
      const path = fileURLToPath(url);
      const source = sources.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'));
      sources.set(path, source);
      return { format: 'module', source, shortCircuit: true };
    },
  });

  return {
    load: (file, generation) => {
      current = generation;
      return import(`${root}${file}`);
    },
    reaches: (file, target) => {
      const seen = new Set([file]);
      for (const from of seen) for (const to of imports.get(from) ?? []) seen.add(to);
      return seen.has(target);
    },
  };
};
