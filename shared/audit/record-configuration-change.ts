import * as z from 'zod';
import { configurationKey } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { readJson, writeJson } from '../collect/state/state-file.ts';
import { type AuditDetails, type AuditEntry, COLLECTOR } from './audit-entry.ts';
import { recordOnce } from './record-once.ts';

/** The configuration of a poller: fields to JSON values. */
export type Configuration = Readonly<Record<string, unknown>>;

const SeenSchema = z.object({
  /** Which configuration of the source it is, counted from 1. */
  revision: z.int().min(1),
  configuration: z.record(z.string(), z.unknown()),
});

/**
 * Compares the configuration of a source's poller with the previous one, and records the changes in the audit log. However
 * many pollers start at once, a change is one line.
 */
export const recordConfigurationChange = async (
  store: ObjectStore,
  source: string,
  configuration: Configuration,
  now: Date,
): Promise<void> => {
  const before = await readJson(store, configurationKey(source), SeenSchema);
  const changes = changesBetween(before?.configuration ?? {}, configuration);
  if (before && Object.keys(changes).length === 0) return;

  const revision = (before?.revision ?? 0) + 1;
  const entry: AuditEntry = {
    at: now.toISOString(),
    code: before ? 'configuration-changed' : 'deployed',
    source,
    actor: COLLECTOR,
    summary: before
      ? `The poller runs with a changed configuration: ${Object.keys(changes).join(', ')}.`
      : 'The poller runs for the first time.',
    details: changes,
  };
  await recordOnce(store, entry, `configuration ${revision}`);
  await writeJson(store, configurationKey(source), { revision, configuration });
};

/** The fields that differ, each with its value, and its old value if it had one. */
const changesBetween = (before: Configuration, after: Configuration): AuditDetails => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return Object.fromEntries(
    names
      .filter((name) => wordOf(before[name]) !== wordOf(after[name]))
      .map((name) => {
        const [old, now] = [wordOf(before[name]), wordOf(after[name])];
        return [snakeCased(name), old === undefined ? (now ?? '') : `${old} → ${now ?? 'nothing'}`];
      }),
  );
};

/** In the form of sources.json; a list without its brackets. */
const wordOf = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(String).join(', ') || 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const snakeCased = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
